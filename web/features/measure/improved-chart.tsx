import { useMemo } from 'react'
import type { OutcomeReport } from '../../../contract/reports.ts'
import type { ChartOption } from '../../ui/chart/canvas.tsx'
import type { Cell, ChartTable } from '../../ui/chart/chart-table.ts'
import { Chart } from '../../ui/chart/chart.tsx'
import { sayShare, smallSample } from '../../ui/say-figures.ts'
import { categoryOption } from './breakdown-options.ts'
import { outcomeFinding } from './findings.ts'
import { useReport } from './use-report.ts'
import { words } from './words.ts'

/** Those who began negative and ended better: after our answer, and without one, with both intervals. */
export function ImprovedChart({ report }: { readonly report: OutcomeReport }) {
  const { openRecords } = useReport()
  const rows = useMemo(
    () => [rowOf(words.withAnswer, report.answered), rowOf(words.without, report.control)],
    [report],
  )
  const option = useMemo<ChartOption>(() => (look) => categoryOption(rows, 'share', look), [rows])
  const share = { isNumber: true, say: (cell: Cell) => sayShare(typeof cell === 'number' ? cell : null) }
  const table: ChartTable = {
    columns: [
      { title: words.improved },
      { title: 'Share', ...share },
      { title: '95% from', ...share },
      { title: 'to', ...share },
      { title: 'n', isNumber: true },
    ],
    rows: rows.map((row) => [
      row.title,
      row.share,
      row.interval?.low ?? null,
      row.interval?.high ?? null,
      row.turns,
    ]),
  }
  return (
    <Chart
      title={outcomeFinding(report)}
      about={sayAbout(report)}
      table={table}
      option={option}
      height={110}
      fileName="outcome-negative-improved"
      onMark={(row) => openRecords({ group: row === 0 ? 'answered' : 'control', before: 'negative' })}
    />
  )
}

function rowOf(title: string, group: OutcomeReport['answered']) {
  return {
    key: title,
    title,
    turns: group.negativeN,
    answered: 0,
    share: group.improvedOfNegative,
    interval: group.improvedInterval,
    p50Seconds: null,
    p90Seconds: null,
    kaplanMeierMedianSeconds: null,
  }
}

function sayAbout({ difference, answered, control }: OutcomeReport): string {
  const few = Math.min(answered.negativeN, control.negativeN)
  const warning = few < smallSample ? ` Only ${few} on one side: read it as a hint.` : ''
  if (difference === null) return `${words.improved}.${warning}`
  const points = (value: number): string => `${value < 0 ? '−' : '+'}${(Math.abs(value) * 100).toFixed(1)}`
  return `${words.difference}: ${points(difference.value)} points (95% interval ${points(difference.low)} to ${points(difference.high)}).${warning}`
}
