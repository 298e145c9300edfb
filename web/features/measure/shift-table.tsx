import type { Sentiment } from '../../../contract/reading.ts'
import type { OutcomeReport } from '../../../contract/reports.ts'
import { sayCount, sayShare, smallSampleWords } from '../../ui/say-figures.ts'
import { SentimentMark } from '../../ui/sentiment-mark.tsx'
import styles from './measure.module.css'
import { useReport } from './use-report.ts'
import { words } from './words.ts'

const feelings: readonly Sentiment[] = ['negative', 'neutral', 'positive']

export interface ShiftTableProps {
  readonly group: 'answered' | 'control'
  readonly shift: OutcomeReport['answered']
}

/** Feeling before and after, each cell with its share of the row; every cell opens its records. */
export function ShiftTable({ group, shift }: ShiftTableProps) {
  const { openRecords } = useReport()
  const warning = smallSampleWords(shift.n)
  return (
    <>
      <table className={styles.shift}>
        <thead>
          <tr>
            <th scope="col">
              {words.before} \ {words.after}
            </th>
            {feelings.map((feeling) => (
              <th key={feeling} scope="col">
                <SentimentMark sentiment={feeling} withWord />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {feelings.map((before, row) => (
            <tr key={before}>
              <th scope="row">
                <SentimentMark sentiment={before} withWord />
              </th>
              {feelings.map((after, column) => (
                <ShiftCell
                  key={after}
                  counts={shift.table[row] ?? []}
                  column={column}
                  way={Math.sign(column - row)}
                  onOpen={() => openRecords({ group, before, after })}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p className={styles.shiftFoot}>
        {words.netShift} <strong>{sayPoints(shift.netShift)}</strong> ({words.netShiftNote}) · n ={' '}
        {sayCount(shift.n)} ·{' '}
        <button type="button" className={styles.link} onClick={() => openRecords({ group, after: 'silent' })}>
          {words.silent}: {sayShare(shift.silentShare, 0)}
        </button>
      </p>
      {warning !== undefined && <p className={styles.warn}>{warning}</p>}
    </>
  )
}

interface ShiftCellProps {
  readonly counts: readonly number[]
  readonly column: number
  /** 1 better, 0 the same, -1 worse. */
  readonly way: number
  readonly onOpen: () => void
}

function ShiftCell({ counts, column, way, onOpen }: ShiftCellProps) {
  const count = counts[column] ?? 0
  const all = counts.reduce((sum, one) => sum + one, 0)
  const share = all === 0 ? 0 : count / all
  return (
    <td data-way={way} style={{ '--share': share }}>
      <button type="button" onClick={onOpen} disabled={count === 0}>
        <strong>{sayCount(count)}</strong>
        <span>{all === 0 ? '–' : sayShare(share, 0)}</span>
      </button>
    </td>
  )
}

function sayPoints(value: number | null): string {
  if (value === null) return '–'
  const points = (Math.abs(value) * 100).toFixed(1)
  if (value === 0) return '0 points'
  return `${value > 0 ? '+' : '−'}${points} points`
}
