import { Button } from '@mantine/core'
import { IconArrowDown } from '@tabler/icons-react'
import { useMemo, useRef } from 'react'
import type { CaseDetail } from '../../../../contract/cases.ts'
import { useNow } from '../../../ui/relative-time.tsx'
import { EmptyState, ErrorState, Lines } from '../../../ui/states.tsx'
import { useDesk } from '../desk-context.ts'
import type { useThread } from '../use-case.ts'
import { MessageGroup } from './message-group.tsx'
import { ThreadActs, useThreadActs } from './thread-acts.ts'
import { type ThreadItem, threadItems } from './thread-items.ts'
import { DayLine, EventLine, NoteItem, UnreadLine } from './thread-lines.tsx'
import styles from './thread-view.module.css'
import { useReadMark } from './use-read-mark.ts'
import { useThreadScroll } from './use-thread-scroll.ts'
import { threadWords } from './words.ts'

export interface ThreadViewProps {
  readonly detail: CaseDetail
  readonly thread: ReturnType<typeof useThread>
}

/** The conversation, oldest first. It opens at the first new message, else at the newest. */
export function ThreadView({ detail, thread }: ThreadViewProps) {
  const { query, engagements } = thread
  const { search } = useDesk()
  const box = useRef<HTMLDivElement>(null)
  const acts = useThreadActs(detail.id)
  const before = useReadMark(detail, engagements)
  const { notes, events } = detail
  const hasOlder = query.hasNextPage
  const items = useMemo(
    () => threadItems({ engagements, notes, events, hasOlder, readUntil: before }),
    [engagements, notes, events, hasOlder, before],
  )
  const unread = items.some((item) => item.type === 'unread') ? 'unread' : null
  const { missed, handleScroll, toEnd } = useThreadScroll(box, {
    caseId: detail.id,
    isLoaded: query.isSuccess,
    openAt: search.at ?? unread,
    oldestId: engagements[0]?.id,
    newestId: items.at(-1)?.id,
    total: engagements.length,
  })

  return (
    <div className={styles.frame}>
      <div
        ref={box}
        className={styles.box}
        onScroll={handleScroll}
        role="log"
        aria-label={threadWords.thread}
        // What scrolls must be reachable by keys.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
      >
        <div className={styles.inner}>
          <Older thread={thread} />
          {query.isPending && <Lines rows={6} height={36} />}
          {query.isError && query.data === undefined && (
            <ErrorState error={query.error} onRetry={() => void query.refetch()} />
          )}
          {query.data !== undefined && engagements.length === 0 && (
            <EmptyState title={threadWords.noMessages}>{threadWords.noMessagesHint}</EmptyState>
          )}
          <ThreadActs value={acts}>
            {query.data !== undefined &&
              items.map((item) => <Item key={item.id} item={item} at={search.at} />)}
          </ThreadActs>
        </div>
      </div>
      {missed > 0 && (
        <button type="button" className={styles.below} onClick={toEnd}>
          <IconArrowDown size={14} aria-hidden /> {threadWords.newBelow(missed)}
        </button>
      )}
    </div>
  )
}

function Older({ thread: { query } }: { readonly thread: ReturnType<typeof useThread> }) {
  if (!query.hasNextPage) return null
  return (
    <Button
      variant="subtle"
      size="compact-sm"
      className={styles.older}
      loading={query.isFetchingNextPage}
      onClick={() => void query.fetchNextPage()}
    >
      {threadWords.older}
    </Button>
  )
}

function Item({ item, at }: { readonly item: ThreadItem; readonly at: string | undefined }) {
  const now = useNow()
  switch (item.type) {
    case 'day':
      return <DayLine at={item.at} now={now} />
    case 'unread':
      return <UnreadLine count={item.count} />
    case 'note':
      return <NoteItem note={item.note} />
    case 'event':
      return <EventLine event={item.event} />
    case 'messages':
      return <MessageGroup group={item} at={at} />
  }
}
