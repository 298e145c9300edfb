// The reports as lines of cells: first the columns, then the rows.
import type { BreakdownRow, OutcomeReport, ResponseReport, TurnRow } from '../../contract/reports.ts'
import type { CsvValue } from '../../lib/text/csv.ts'

type Lines = readonly (readonly CsvValue[])[]

export function responseLines(report: ResponseReport): Lines {
  const columns = ['engagements', 'inbound', 'outbound', 'persons', 'presences'] as const
  const counts = columns.map((name) => report[name])
  return [
    [...columns, ...figureColumns],
    [...counts, ...figures(report)],
  ]
}

export function breakdownLines(rows: readonly BreakdownRow[]): Lines {
  return [['key', 'title', ...figureColumns], ...rows.map((row) => [row.key, row.title, ...figures(row)])]
}

const figureColumns = [
  'turns',
  'answered',
  'share',
  'share_low_95',
  'share_high_95',
  'p50_seconds',
  'p90_seconds',
  'kaplan_meier_median_seconds',
]

function figures(row: Omit<BreakdownRow, 'key' | 'title'>): readonly CsvValue[] {
  const { low, high } = row.interval ?? { low: null, high: null }
  const times = [row.p50Seconds, row.p90Seconds, row.kaplanMeierMedianSeconds]
  return [row.turns, row.answered, row.share, low, high, ...times]
}

export const turnColumns = [
  'id',
  'started_at',
  'answered_at',
  'seconds',
  'person_id',
  'person',
  'presence',
  'channel',
  'function',
  'labels',
  'feeling_before',
  'feeling_after',
  'case_id',
  'text',
]

export function turnCells(turn: TurnRow): readonly CsvValue[] {
  return [
    turn.id,
    turn.startedAt,
    turn.answeredAt,
    turn.seconds,
    turn.personId,
    turn.person,
    turn.presence,
    turn.channel,
    turn.function,
    turn.labels.join(' '),
    turn.sentimentBefore,
    turn.sentimentAfter,
    turn.caseId,
    turn.text,
  ]
}

const feelings = ['negative', 'neutral', 'positive']

/** One figure a line. */
export function outcomeLines(report: OutcomeReport): Lines {
  const { difference, csat, resolved } = report
  return [
    ['figure', 'group', 'before', 'after', 'value', 'low_95', 'high_95', 'n'],
    ...groupLines('answered', report.answered),
    ...groupLines('control', report.control),
    [
      'difference of improved',
      '',
      'negative',
      '',
      difference?.value ?? null,
      difference?.low ?? null,
      difference?.high ?? null,
      Math.min(report.answered.negativeN, report.control.negativeN),
    ],
    ['satisfied', '', '', '', csat.share, csat.interval?.low ?? null, csat.interval?.high ?? null, csat.n],
    ['asked', '', '', '', csat.asked, null, null, csat.asked],
    ['resolution p50 seconds', '', '', '', resolved.p50Seconds, null, null, resolved.n],
    ['resolution p90 seconds', '', '', '', resolved.p90Seconds, null, null, resolved.n],
    ['control', '', '', '', report.controlDefinition, null, null, null],
  ]
}

function groupLines(name: string, group: OutcomeReport['answered']): Lines {
  const cells = group.table.flatMap((row, before) =>
    row.map((turns, after): readonly CsvValue[] => [
      'turns',
      name,
      feelings[before] ?? '',
      feelings[after] ?? '',
      turns,
      null,
      null,
      group.n,
    ]),
  )
  const { low, high } = group.improvedInterval ?? { low: null, high: null }
  return [
    ...cells,
    ['net shift', name, '', '', group.netShift, null, null, group.n],
    ['improved', name, 'negative', '', group.improvedOfNegative, low, high, group.negativeN],
    ['silent', name, '', '', group.silentShare, null, null, group.n],
  ]
}
