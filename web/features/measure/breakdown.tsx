import { SegmentedControl, Tabs } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { BreakdownRow, Dimension } from '../../../contract/reports.ts'
import { api } from '../../api.ts'
import { useSession } from '../../session.ts'
import { channelTitle } from '../../ui/channel-mark.tsx'
import type { ChartOption } from '../../ui/chart/canvas.tsx'
import type { Cell, ChartTable } from '../../ui/chart/chart-table.ts'
import { Chart } from '../../ui/chart/chart.tsx'
import { sayShare } from '../../ui/say-figures.ts'
import { sayDay, sayDuration } from '../../ui/say-time.ts'
import { Block, ErrorState } from '../../ui/states.tsx'
import { categoryOption, rowHeight, timelineOption } from './breakdown-options.ts'
import { breakdownFinding } from './findings.ts'
import styles from './measure.module.css'
import { csvQuery, dimensions, metrics, readDimension, readMetric, type Metric } from './report-search.ts'
import { useReport } from './use-report.ts'
import { dimensionWords, intentWords, words } from './words.ts'

const mostDrawn = 25

/** The same figures by presence, function, intent, channel, hour, day or week. */
export function Breakdown() {
  const { search, filter, change } = useReport()
  const dimension = readDimension(search)
  const rows = useQuery(
    api.reports.breakdown.queryOptions({
      input: { ...filter, dimension },
      placeholderData: keepPreviousData,
    }),
  )
  return (
    <section className={styles.breakdown}>
      <Tabs
        value={dimension}
        onChange={(by) => change({ by: by ?? undefined })}
        keepMounted={false}
        className={styles.tabbed}
      >
        <Tabs.List aria-label={words.by} className={styles.tabList}>
          {dimensions.map((one) => (
            <Tabs.Tab key={one} value={one}>
              {dimensionWords[one]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <MetricSwitch metric={readMetric(search)} onChange={(metric) => change({ metric })} />
        {dimensions.map((one) => (
          <Tabs.Panel key={one} value={one} pt="md">
            {rows.error !== null && <ErrorState error={rows.error} onRetry={() => void rows.refetch()} />}
            {rows.isPending && <Block height={320} />}
            {rows.data !== undefined && <BreakdownChart rows={rows.data.rows} dimension={one} />}
          </Tabs.Panel>
        ))}
      </Tabs>
    </section>
  )
}

interface MetricSwitchProps {
  readonly metric: Metric
  readonly onChange: (metric: Metric) => void
}

function MetricSwitch({ metric, onChange }: MetricSwitchProps) {
  const titles: Readonly<Record<Metric, string>> = { share: words.shareAnswered, time: words.timeToAnswer }
  return (
    <SegmentedControl
      size="xs"
      className={styles.metric}
      aria-label="Figure"
      value={metric}
      onChange={onChange}
      data={metrics.map((value) => ({ value, label: titles[value] }))}
    />
  )
}

interface BreakdownChartProps {
  readonly rows: readonly BreakdownRow[]
  readonly dimension: Dimension
}

function BreakdownChart({ rows, dimension }: BreakdownChartProps) {
  const { slug } = useSession()
  const { search, filter, openRecords } = useReport()
  const metric = readMetric(search)
  const isTimeline = isInTime(dimension)
  const named = useMemo(
    () => rows.map((row) => ({ ...row, title: titleOf(row, dimension, isOverYears(rows)) })),
    [rows, dimension],
  )
  const drawn = isTimeline ? named : named.slice(0, mostDrawn)
  const option = useMemo<ChartOption>(() => {
    const build = isTimeline ? timelineOption : categoryOption
    return (look) => build(drawn, metric, look)
  }, [drawn, isTimeline, metric])
  const hidden = named.length - drawn.length
  return (
    <Chart
      title={titleOfChart(named, dimension, metric)}
      about={
        hidden > 0 ? `The ${mostDrawn} with the most turns; the table has all ${named.length}.` : undefined
      }
      table={tableOf(named, dimension)}
      option={option}
      height={isTimeline ? 330 : 44 + drawn.length * rowHeight}
      fileName={`response-by-${dimension}`}
      csvHref={`/api/v1/reports/response.csv?${csvQuery(filter, { workspace: slug, dimension })}`}
      onMark={(row) => {
        const key = named[row]?.key
        if (key !== undefined) openRecords({ mark: `${dimension}:${key}` })
      }}
    />
  )
}

function titleOfChart(rows: readonly BreakdownRow[], dimension: Dimension, metric: Metric): string {
  const what = dimensionWords[dimension].toLowerCase()
  if (metric === 'time') return words.timeBy(what, isInTime(dimension))
  return isInTime(dimension) ? words.shareBy(what) : breakdownFinding(rows, what)
}

function isInTime(dimension: Dimension): boolean {
  return dimension === 'hour' || dimension === 'day' || dimension === 'week'
}

/** Whether days of more than one year stand beside one another. */
function isOverYears(rows: readonly BreakdownRow[]): boolean {
  return new Set(rows.map((row) => row.key.slice(0, 4))).size > 1
}

function titleOf(row: BreakdownRow, dimension: Dimension, withYear: boolean): string {
  if (dimension === 'intent') return intentWords[row.key] ?? row.title
  if (dimension === 'channel') return channelTitle(row.key)
  if (dimension === 'hour') return `${row.key.padStart(2, '0')} h`
  return dimension === 'day' || dimension === 'week' ? sayDay(row.key, withYear) : row.title
}

function tableOf(rows: readonly BreakdownRow[], dimension: Dimension): ChartTable {
  const share = { isNumber: true, say: (cell: Cell) => sayShare(typeof cell === 'number' ? cell : null) }
  const time = { isNumber: true, say: (cell: Cell) => sayDuration(typeof cell === 'number' ? cell : null) }
  return {
    columns: [
      { title: dimensionWords[dimension] },
      { title: 'Turns', isNumber: true },
      { title: 'Answered', isNumber: true },
      { title: 'Share', ...share },
      { title: '95% from', ...share },
      { title: 'to', ...share },
      { title: 'Median', ...time },
      { title: '9 of 10', ...time },
    ],
    rows: rows.map((row) => [
      row.title,
      row.turns,
      row.answered,
      row.share,
      row.interval?.low ?? null,
      row.interval?.high ?? null,
      row.p50Seconds,
      row.p90Seconds,
    ]),
  }
}
