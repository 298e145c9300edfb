import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { OutcomeReport } from '../../../contract/reports.ts'
import { api } from '../../api.ts'
import { useSession } from '../../session.ts'
import { Figure } from '../../ui/figure.tsx'
import { Card } from '../../ui/page.tsx'
import { sayShare } from '../../ui/say-figures.ts'
import { sayDuration } from '../../ui/say-time.ts'
import { Block, EmptyState, ErrorState } from '../../ui/states.tsx'
import { ImprovedChart } from './improved-chart.tsx'
import { MeasureFrame } from './measure-frame.tsx'
import styles from './measure.module.css'
import { csvQuery } from './report-search.ts'
import { ShiftTable } from './shift-table.tsx'
import { useReport } from './use-report.ts'
import { words } from './words.ts'

export function OutcomePage() {
  const { slug, can } = useSession()
  const { filter } = useReport()
  const report = useQuery(
    api.reports.outcome.queryOptions({
      input: filter,
      placeholderData: keepPreviousData,
      enabled: can('reports.read'),
    }),
  )
  return (
    <MeasureFrame
      about={words.outcomeAbout}
      actions={
        <Button
          variant="default"
          component="a"
          href={`/api/v1/reports/outcome.csv?${csvQuery(filter, { workspace: slug })}`}
          download
          leftSection={<IconDownload size={16} aria-hidden />}
        >
          {words.csv}
        </Button>
      }
    >
      {report.error !== null && <ErrorState error={report.error} onRetry={() => void report.refetch()} />}
      {report.isPending && report.error === null && <Block height={300} />}
      {report.data !== undefined && <Outcome report={report.data} />}
    </MeasureFrame>
  )
}

function Outcome({ report }: { readonly report: OutcomeReport }) {
  const isEmpty = report.answered.n + report.control.n + report.csat.n + report.resolved.n === 0
  if (isEmpty) return <EmptyState title={words.emptyTitle}>{words.emptyAbout}</EmptyState>
  return (
    <>
      <ImprovedChart report={report} />
      <div className={styles.pair}>
        <Card title={words.withAnswer}>
          <ShiftTable group="answered" shift={report.answered} />
        </Card>
        <Card title={words.without}>
          <ShiftTable group="control" shift={report.control} />
        </Card>
      </div>
      <Card title={words.controlTitle}>
        <p className={styles.prose}>
          {words.controlAbout} {report.controlDefinition}
        </p>
      </Card>
      <Card>
        <div className={styles.figures}>
          <Figure
            label={words.csat}
            value={sayShare(report.csat.share)}
            interval={report.csat.interval}
            n={report.csat.n}
            unit="answers"
            note={words.csatAsked(report.csat.asked)}
          />
          <Figure
            label={words.resolvedMedian}
            value={sayDuration(report.resolved.p50Seconds)}
            n={report.resolved.n}
            unit="cases"
          />
          <Figure label={words.resolved90} value={sayDuration(report.resolved.p90Seconds)} />
        </div>
      </Card>
    </>
  )
}
