import { Button, Drawer } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Sentiment } from '../../../contract/reading.ts'
import type { TurnRow } from '../../../contract/reports.ts'
import { api } from '../../api.ts'
import { useSession } from '../../session.ts'
import { ChannelMark } from '../../ui/channel-mark.tsx'
import { Chip } from '../../ui/chip.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { SafeText } from '../../ui/safe-text.tsx'
import { sayDuration } from '../../ui/say-time.ts'
import { SentimentMark } from '../../ui/sentiment-mark.tsx'
import { EmptyState, ErrorState, Lines } from '../../ui/states.tsx'
import type { TextSearch } from '../../url-search.ts'
import { narrowToMark } from './report-search.ts'
import styles from './turns-panel.module.css'
import { useReport } from './use-report.ts'
import { intentWords, words } from './words.ts'

const feelings: readonly Sentiment[] = ['negative', 'neutral', 'positive']

/** The records behind a figure; which ones stands in the address, so that a link shows them again. */
export function TurnsPanel() {
  const { search, closeRecords } = useReport()
  return (
    <Drawer
      opened={search['records'] === 'yes'}
      onClose={closeRecords}
      position="right"
      size={680}
      title={<strong>{words.recordsTitle}</strong>}
      overlayProps={{ backgroundOpacity: 0.25 }}
    >
      <Turns />
    </Drawer>
  )
}

function Turns() {
  const { search, filter } = useReport()
  const asked = { ...narrowToMark(filter, search['mark']), ...readWhich(search), limit: 50 }
  const turns = useInfiniteQuery(
    api.reports.turns.infiniteOptions({
      input: (cursor: string | undefined) => (cursor === undefined ? asked : { ...asked, cursor }),
      initialPageParam: undefined,
      getNextPageParam: (page) => page.nextCursor ?? undefined,
    }),
  )
  if (turns.error !== null) return <ErrorState error={turns.error} onRetry={() => void turns.refetch()} />
  if (turns.isPending) return <Lines rows={8} height={32} />
  const rows = turns.data.pages.flatMap((page) => page.items)
  if (rows.length === 0) {
    return (
      <EmptyState title={words.records} isSmall>
        {words.recordsEmpty}
      </EmptyState>
    )
  }
  return (
    <>
      <ol className={styles.turns}>
        {rows.map((row) => (
          <Turn key={row.id} row={row} />
        ))}
      </ol>
      {turns.hasNextPage && (
        <Button
          variant="default"
          fullWidth
          loading={turns.isFetchingNextPage}
          onClick={() => void turns.fetchNextPage()}
        >
          {words.more}
        </Button>
      )}
    </>
  )
}

function Turn({ row }: { readonly row: TurnRow }) {
  const { slug } = useSession()
  return (
    <li className={styles.turn}>
      <div className={styles.head}>
        <ChannelMark channel={row.channel} />
        <Link to="/w/$workspace/people/$personId" params={{ workspace: slug, personId: row.personId }}>
          <SafeText text={row.person} isInline />
        </Link>
        {row.presence !== null && (
          <span className={styles.dim}>
            to <SafeText text={row.presence} isInline />
          </span>
        )}
        <span className={styles.when}>
          <RelativeTime at={row.startedAt} />
        </span>
      </div>
      <SafeText text={row.text} className={styles.text} />
      <div className={styles.foot}>
        <span className={row.answeredAt === null ? styles.open : styles.dim}>
          {row.answeredAt === null ? words.notAnswered : words.answeredAfter(sayDuration(row.seconds))}
        </span>
        <Shift row={row} />
        {row.labels.map((label) => (
          <Chip key={label}>{intentWords[label] ?? label}</Chip>
        ))}
        {row.caseId !== null && (
          <Link
            to="/w/$workspace/desk"
            params={{ workspace: slug }}
            search={{ view: 'all', case: row.caseId }}
            className={styles.case}
          >
            {words.openCase}
          </Link>
        )}
      </div>
    </li>
  )
}

function Shift({ row }: { readonly row: TurnRow }) {
  if (row.sentimentBefore === null) return null
  return (
    <span className={styles.shift}>
      <SentimentMark sentiment={row.sentimentBefore} />
      {row.sentimentAfter !== null && (
        <>
          <span aria-label="then">→</span>
          <SentimentMark sentiment={row.sentimentAfter} />
        </>
      )}
    </span>
  )
}

function readWhich(search: TextSearch) {
  const before = feelings.find((one) => one === search['before'])
  const after = ([...feelings, 'silent'] as const).find((one) => one === search['after'])
  const group = (['answered', 'control'] as const).find((one) => one === search['group'])
  const answered = search['answered']
  return {
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
    ...(group === undefined ? {} : { group }),
    ...(answered === 'true' || answered === 'false' ? { answered: answered === 'true' } : {}),
  }
}
