// Resulting sentiment, always beside its control. With no effect at all most of those who begin unhappy seem
// to improve (regression to the mean, and readings that err), so a shift alone says nothing: it is shown only
// against exchanges that began alike and were not answered, or not in time.
import type { Sentiment } from '../../contract/reading.ts'
import { newcombeDifference } from '../../lib/statistics/newcombe.ts'
import type { Interval } from '../../lib/statistics/wilson.ts'
import type { FeelingAround } from './feeling-around.ts'
import { shareOf } from './response-report.ts'

export interface Exchange extends FeelingAround {
  readonly group: 'answered' | 'control'
  /** How many there are of this kind; default 1. */
  readonly count?: number
}

export interface ShiftGroup {
  /** Exchanges whose beginning could be read. */
  readonly n: number
  /** Rows: before; columns: after; negative, neutral, positive. Those who spoke again. */
  readonly table: readonly (readonly number[])[]
  /** Share that ended better less share that ended worse, of those who spoke again. */
  readonly netShift: number | null
  /** Of those who began negative and spoke again, the share that ended better. */
  readonly improvedOfNegative: number | null
  readonly improvedInterval: Interval | null
  readonly negativeN: number
  /** Share of n that never spoke again within the time. */
  readonly silentShare: number | null
}

export interface SentimentShift {
  /** `netShift` and `improvedOfNegative` are null where no control stands beside them. */
  readonly answered: ShiftGroup
  /** `netShift` is weighted to begin as the answered ones began. */
  readonly control: ShiftGroup
  /** Improved share of negative starters, answered less control, 95 % by Newcombe. */
  readonly difference: { readonly value: number; readonly low: number; readonly high: number } | null
}

const feelings: readonly Sentiment[] = ['negative', 'neutral', 'positive']

export function sentimentShift(exchanges: readonly Exchange[]): SentimentShift {
  const answered = count(exchanges.filter((exchange) => exchange.group === 'answered'))
  const control = count(exchanges.filter((exchange) => exchange.group === 'control'))
  const weights = answered.table.map(sum)
  const controlShift = weightedShift(control.table, weights)
  const hasControl = controlShift !== null && answered.spoke > 0
  const first = improved(answered.table)
  const second = improved(control.table)
  const isComparable = first.n > 0 && second.n > 0
  return {
    answered: groupOf(answered, hasControl ? weightedShift(answered.table, weights) : null, isComparable),
    control: groupOf(control, hasControl ? controlShift : null, isComparable),
    difference: isComparable ? differenceOf(first, second) : null,
  }
}

interface Counted {
  readonly n: number
  readonly spoke: number
  readonly table: readonly (readonly number[])[]
}

function count(exchanges: readonly Exchange[]): Counted {
  const table = feelings.map(() => feelings.map(() => 0))
  let n = 0
  let spoke = 0
  for (const { before, after, count: times = 1 } of exchanges) {
    if (before === null) continue
    n += times
    const row = table[feelings.indexOf(before)]
    if (after === null || !row) continue
    spoke += times
    const column = feelings.indexOf(after)
    row[column] = (row[column] ?? 0) + times
  }
  return { n, spoke, table }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

/** Net shift if the rows were as full as `weights`; null where a row that counts is empty. */
function weightedShift(table: Counted['table'], weights: readonly number[]): number | null {
  let shift = 0
  for (const [before, row] of table.entries()) {
    const weight = weights[before] ?? 0
    if (weight === 0) continue
    const inRow = sum(row)
    if (inRow === 0) return null
    const net = row.reduce((total, cases, after) => total + Math.sign(after - before) * cases, 0)
    shift += weight * (net / inRow)
  }
  const total = sum(weights)
  return total === 0 ? null : shift / total
}

interface Improved {
  readonly successes: number
  readonly n: number
}

function improved(table: Counted['table']): Improved {
  const [stayed = 0, ...better] = table[0] ?? []
  const successes = sum(better)
  return { successes, n: stayed + successes }
}

function groupOf(counted: Counted, netShift: number | null, isComparable: boolean): ShiftGroup {
  const { successes, n: negativeN } = improved(counted.table)
  const { share, interval } = isComparable ? shareOf(successes, negativeN) : shareOf(0, 0)
  return {
    n: counted.n,
    table: counted.table,
    netShift,
    improvedOfNegative: share,
    improvedInterval: interval,
    negativeN,
    silentShare: shareOf(counted.n - counted.spoke, counted.n).share,
  }
}

function differenceOf(first: Improved, second: Improved): SentimentShift['difference'] {
  const { difference, low, high } = newcombeDifference(first, second)
  return difference === null ? null : { value: difference, low, high }
}
