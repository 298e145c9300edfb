import type { EChartsCoreOption } from 'echarts/core'
import type { BreakdownRow } from '../../../contract/reports.ts'
import { narrowWidth, type ChartLook } from '../../ui/chart/chart-look.ts'
import { sayShare } from '../../ui/say-figures.ts'
import { sayDuration } from '../../ui/say-time.ts'
import type { Metric } from './report-search.ts'

export const rowHeight = 30

/** Categories: a dot with its interval (share), or the median with a line to where nine of ten are answered (time). */
export function categoryOption(
  rows: readonly BreakdownRow[],
  metric: Metric,
  look: ChartLook,
): EChartsCoreOption {
  const spans = rows.map((row) => spanOf(row, metric))
  const isNarrow = look.width < narrowWidth
  return {
    grid: { left: 0, right: isNarrow ? 60 : 150, top: 4, bottom: 0, containLabel: true },
    tooltip: { show: false },
    xAxis: metric === 'share' ? shareAxis(look) : timeAxis(spans, look),
    yAxis: {
      type: 'category',
      inverse: true,
      data: rows.map((row) => row.title),
      axisLine: { show: false },
      axisTick: { show: false },
      axisLabel: { color: look.text, width: isNarrow ? 96 : 240, overflow: 'truncate' },
    },
    series: [
      {
        type: 'custom',
        renderItem: drawSpan(look),
        data: spans.map(({ low, high }, index) => [low, index, high]),
        encode: { x: [0, 2], y: 1 },
      },
      {
        type: 'scatter',
        symbolSize: 10,
        itemStyle: { color: look.accent },
        cursor: 'pointer',
        data: spans.map(({ value }, index) => [value, index]),
      },
      {
        type: 'scatter',
        symbolSize: 1,
        itemStyle: { color: 'transparent' },
        label: {
          show: true,
          position: 'right',
          distance: 10,
          color: look.dim,
          formatter: ({ dataIndex }: { dataIndex: number }) => sayRow(rows[dataIndex], metric, isNarrow),
        },
        data: spans.map(({ high }, index) => [high, index]),
      },
    ],
  }
}

/** Hours, days, weeks: a line with its band above, the number of turns below. */
export function timelineOption(
  rows: readonly BreakdownRow[],
  metric: Metric,
  look: ChartLook,
): EChartsCoreOption {
  const titles = rows.map((row) => row.title)
  const spans = rows.filter((row) => isMeasured(row, metric)).map((row) => spanOf(row, metric))
  const axis = (gridIndex: number, isShown: boolean) => ({
    type: 'category',
    gridIndex,
    data: titles,
    axisTick: { show: false },
    axisLine: { lineStyle: { color: look.line } },
    axisLabel: { show: isShown, color: look.dim, hideOverlap: true },
  })
  const amount = {
    type: 'value',
    gridIndex: 1,
    name: 'turns',
    nameTextStyle: { color: look.dim, align: 'left' },
    minInterval: 1,
    splitNumber: 2,
    axisLabel: { color: look.dim },
    splitLine: { show: false },
  }
  return {
    grid: [
      { left: 56, right: 24, top: 12, height: 190 },
      { left: 56, right: 24, top: 240, height: 56 },
    ],
    xAxis: [axis(0, false), axis(1, true)],
    yAxis: [{ ...(metric === 'share' ? shareAxis(look) : timeAxis(spans, look)), gridIndex: 0 }, amount],
    series: [...lineWithBand(rows, metric, look), turnsBelow(rows, look)],
  }
}

function lineWithBand(rows: readonly BreakdownRow[], metric: Metric, look: ChartLook) {
  const spans = rows.map((row) => (isMeasured(row, metric) ? spanOf(row, metric) : undefined))
  const hidden = {
    type: 'line',
    symbol: 'none',
    lineStyle: { opacity: 0 },
    silent: true,
    tooltip: { show: false },
  }
  const band = [
    { ...hidden, stack: 'band', data: spans.map((span) => span?.low ?? null) },
    {
      ...hidden,
      stack: 'band',
      areaStyle: { color: look.accent, opacity: 0.14 },
      data: spans.map((span) => (span === undefined ? null : span.high - span.low)),
    },
  ]
  const line = {
    name: metric === 'share' ? 'Answered' : 'Median time to answer',
    type: 'line',
    symbol: 'circle',
    symbolSize: 7,
    showAllSymbol: true,
    cursor: 'pointer',
    lineStyle: { color: look.accent, width: 2 },
    itemStyle: { color: look.accent },
    tooltip: { valueFormatter: (value: number | null) => sayValue(value, metric) },
    data: spans.map((span) => span?.value ?? null),
  }
  // A band that is stacked cannot stand on a logarithmic axis; time is drawn as its line alone.
  return metric === 'share' ? [...band, line] : [line]
}

function turnsBelow(rows: readonly BreakdownRow[], look: ChartLook) {
  return {
    name: 'Turns',
    type: 'bar',
    xAxisIndex: 1,
    yAxisIndex: 1,
    itemStyle: { color: look.neutral, borderRadius: [2, 2, 0, 0] },
    data: rows.map((row) => row.turns),
  }
}

interface Span {
  readonly value: number
  readonly low: number
  readonly high: number
}

const shortest = 1

function spanOf(row: BreakdownRow, metric: Metric): Span {
  if (metric === 'share') {
    const value = row.share ?? 0
    return { value, low: row.interval?.low ?? value, high: row.interval?.high ?? value }
  }
  const value = Math.max(shortest, row.p50Seconds ?? shortest)
  return { value, low: value, high: Math.max(value, row.p90Seconds ?? value) }
}

function isMeasured(row: BreakdownRow, metric: Metric): boolean {
  return metric === 'share' ? row.share !== null : row.p50Seconds !== null
}

function sayRow(row: BreakdownRow | undefined, metric: Metric, isNarrow: boolean): string {
  if (row === undefined) return ''
  const value = metric === 'share' ? sayShare(row.share) : sayDuration(row.p50Seconds)
  return isNarrow ? value : `${value}   n ${row.turns.toLocaleString()}`
}

function sayValue(value: number | null, metric: Metric): string {
  return metric === 'share' ? sayShare(value) : sayDuration(value)
}

function shareAxis(look: ChartLook) {
  return {
    type: 'value',
    min: 0,
    max: 1,
    interval: look.width < narrowWidth ? 0.5 : 0.25,
    axisLabel: { color: look.dim, formatter: (share: number) => sayShare(share, 0) },
    splitLine: { lineStyle: { color: look.line } },
  }
}

/** Logarithmic in sixties: a second, a minute, an hour, sixty hours. */
function timeAxis(spans: readonly Span[], look: ChartLook) {
  const least = Math.min(...spans.map((span) => span.low))
  return {
    type: 'log',
    logBase: 60,
    min: least >= 60 ? 60 : shortest,
    axisLabel: { color: look.dim, formatter: (seconds: number) => sayDuration(seconds) },
    splitLine: { lineStyle: { color: look.line } },
  }
}

interface DrawApi {
  value(dimension: number): number
  coord(point: readonly [number, number]): [number, number]
}

function drawSpan(look: ChartLook) {
  return (_params: unknown, api: DrawApi) => {
    const [x1, y] = api.coord([api.value(0), api.value(1)])
    const [x2] = api.coord([api.value(2), api.value(1)])
    return {
      type: 'line',
      shape: { x1, y1: y, x2, y2: y },
      style: { stroke: look.accent, lineWidth: 4, opacity: 0.3, lineCap: 'round' },
    }
  }
}
