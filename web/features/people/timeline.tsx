import { Button, NativeSelect, SegmentedControl } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Person } from '../../../contract/people.ts'
import { api } from '../../api.ts'
import { channelTitle } from '../../ui/channel-mark.tsx'
import { EmptyState, ErrorState, Lines } from '../../ui/states.tsx'
import type { ChangePerson } from './person-page.tsx'
import { type PersonSearch, timelineKinds } from './person-search.ts'
import { TimelineEntry } from './timeline-entry.tsx'
import styles from './timeline.module.css'
import { timelineWords } from './words.ts'

export interface TimelineProps {
  readonly person: Person
  readonly search: PersonSearch
  readonly onChange: ChangePerson
}

/** Everything between a person and us, newest first, over all channels. */
export function Timeline({ person, search, onChange }: TimelineProps) {
  const timeline = useTimeline(person.id, search.channel)
  const items = useMemo(() => timeline.data?.pages.flatMap((page) => page.items) ?? [], [timeline.data])
  const shown = search.kind === undefined ? items : items.filter((item) => item.type === search.kind)
  return (
    <section className={styles.timeline} aria-label={timelineWords.title}>
      <Filters person={person} search={search} onChange={onChange} />
      {timeline.isPending && <Lines rows={8} height={28} />}
      {timeline.isError && <ErrorState error={timeline.error} onRetry={() => void timeline.refetch()} />}
      {timeline.isSuccess && items.length === 0 && (
        <EmptyState title={timelineWords.nothing}>{timelineWords.nothingText}</EmptyState>
      )}
      {items.length > 0 && shown.length === 0 && <p className={styles.end}>{timelineWords.nothingLeft}</p>}
      <ol className={styles.items}>
        {shown.map((item) => (
          <li key={`${item.type} ${item.id}`} data-type={item.type}>
            <TimelineEntry item={item} />
          </li>
        ))}
      </ol>
      {timeline.hasNextPage && (
        <Button
          variant="default"
          size="compact-md"
          loading={timeline.isFetchingNextPage}
          onClick={() => void timeline.fetchNextPage()}
        >
          {timelineWords.older}
        </Button>
      )}
      {timeline.isSuccess && !timeline.hasNextPage && items.length > 0 && (
        <p className={styles.end}>{timelineWords.end}</p>
      )}
    </section>
  )
}

function useTimeline(id: string, channel: string | undefined) {
  return useInfiniteQuery(
    api.people.timeline.infiniteOptions({
      input: (cursor: string | undefined) => ({
        id,
        limit: 60,
        ...(channel === undefined ? {} : { channel }),
        ...(cursor === undefined ? {} : { cursor }),
      }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (last) => last.nextCursor ?? undefined,
    }),
  )
}

function Filters({ person, search, onChange }: TimelineProps) {
  const channels = [...new Set(person.identities.map((identity) => identity.channel))]
  if (search.channel !== undefined && !channels.includes(search.channel)) channels.push(search.channel)
  return (
    <div className={styles.filters} role="group" aria-label={timelineWords.filters}>
      <SegmentedControl
        size="xs"
        aria-label={timelineWords.filters}
        value={search.kind ?? 'all'}
        onChange={(value) => onChange({ kind: timelineKinds.find((kind) => kind === value) })}
        data={['all' as const, ...timelineKinds].map((value) => ({ value, label: timelineWords[value] }))}
      />
      {channels.length > 1 && (
        <NativeSelect
          size="xs"
          aria-label={timelineWords.channel}
          value={search.channel ?? ''}
          onChange={(event) => onChange({ channel: event.currentTarget.value || undefined })}
          data={[
            { value: '', label: timelineWords.allChannels },
            ...channels.map((value) => ({ value, label: channelTitle(value) })),
          ]}
        />
      )}
    </div>
  )
}
