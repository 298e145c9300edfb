import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { ResponseReport } from '../../../contract/reports.ts'
import { api } from '../../api.ts'
import { useSession } from '../../session.ts'
import { Figure } from '../../ui/figure.tsx'
import { Card } from '../../ui/page.tsx'
import { sayCount, sayShare } from '../../ui/say-figures.ts'
import { sayDuration } from '../../ui/say-time.ts'
import { Block, EmptyState, ErrorState } from '../../ui/states.tsx'
import { Breakdown } from './breakdown.tsx'
import { MeasureFrame } from './measure-frame.tsx'
import styles from './measure.module.css'
import { csvQuery } from './report-search.ts'
import { useReport } from './use-report.ts'
import { words } from './words.ts'

export function ResponsePage() {
  const { slug, can } = useSession()
  const { filter } = useReport()
  const report = useQuery(
    api.reports.response.queryOptions({
      input: filter,
      placeholderData: keepPreviousData,
      enabled: can('reports.read'),
    }),
  )
  return (
    <MeasureFrame
      about={words.responseAbout}
      actions={
        <Button
          variant="default"
          component="a"
          href={`/api/v1/reports/response.csv?${csvQuery(filter, { workspace: slug })}`}
          download
          leftSection={<IconDownload size={16} aria-hidden />}
        >
          {words.csv}
        </Button>
      }
    >
      {report.error !== null && <ErrorState error={report.error} onRetry={() => void report.refetch()} />}
      {report.isPending && report.error === null && <Block height={140} />}
      {report.data?.turns === 0 && <EmptyState title={words.emptyTitle}>{words.emptyAbout}</EmptyState>}
      {report.data !== undefined && report.data.turns > 0 && (
        <>
          <Headline report={report.data} />
          <Breakdown />
        </>
      )}
    </MeasureFrame>
  )
}

function Headline({ report }: { readonly report: ResponseReport }) {
  const { openRecords } = useReport()
  return (
    <Card title={words.finding(report.turns, report.share, report.p50Seconds)}>
      <div className={styles.figures}>
        <Figure
          label={words.answered}
          value={sayShare(report.share)}
          interval={report.interval}
          n={report.turns}
          records={<Records count={report.turns} onOpen={() => openRecords()} />}
        />
        <Figure
          label={words.median}
          value={sayDuration(report.p50Seconds)}
          note={words.medianNote}
          records={<Records count={report.answered} onOpen={() => openRecords({ answered: 'true' })} />}
        />
        <Figure label={words.p90} value={sayDuration(report.p90Seconds)} note={words.medianNote} />
        <Figure
          label={words.kaplanMeier}
          value={
            report.kaplanMeierMedianSeconds === null
              ? words.notReached
              : sayDuration(report.kaplanMeierMedianSeconds)
          }
          note={words.kaplanMeierNote}
          records={
            <button type="button" className={styles.link} onClick={() => openRecords({ answered: 'false' })}>
              {words.showUnanswered}
            </button>
          }
        />
        <Figure
          label={words.captured}
          value={sayCount(report.engagements)}
          note={words.capturedDetail(report.inbound, report.outbound, report.persons, report.presences)}
        />
      </div>
    </Card>
  )
}

function Records({ count, onOpen }: { readonly count: number; readonly onOpen: () => void }) {
  return (
    <button type="button" className={styles.link} onClick={onOpen}>
      {words.showRecords(count)}
    </button>
  )
}
