/**
 * Opening intervals of some whole years, laid out as UTC instants with prefix sums. An instant finds its
 * interval by its UTC day, a sum by binary search.
 */
import type { DayPlan } from './schedule.ts'
import { zoneStretches, type ZoneStretch } from './zone-offset.ts'

export interface OpeningTable {
  readonly firstYear: number
  /** Exclusive. */
  readonly lastYear: number
  readonly from: number
  readonly to: number
  readonly starts: Float64Array
  readonly ends: Float64Array
  /** Business time between `from` and each start. */
  readonly before: Float64Array
  readonly total: number
  /** For each UTC day from `from` on: index of the last start at or before its midnight, or -1. */
  readonly dayIndex: Int32Array
}

const DAY_MS = 86_400_000

export function layOut(timeZone: string, days: DayPlan, firstYear: number, lastYear: number): OpeningTable {
  const from = Date.UTC(firstYear, 0, 1)
  const to = Date.UTC(lastYear, 0, 1)
  const bounds: number[] = []
  for (const stretch of zoneStretches(timeZone, from, to)) layOutStretch(days, stretch, bounds)
  const count = bounds.length / 2
  const starts = new Float64Array(count)
  const ends = new Float64Array(count)
  const before = new Float64Array(count)
  let sum = 0
  for (let i = 0; i < count; i++) {
    const [start = 0, end = 0] = [bounds[2 * i], bounds[2 * i + 1]]
    starts[i] = start
    ends[i] = end
    before[i] = sum
    sum += end - start
  }
  const dayIndex = indexDays(starts, from, to)
  return { firstYear, lastYear, from, to, starts, ends, before, total: sum, dayIndex }
}

function indexDays(starts: Float64Array, from: number, to: number): Int32Array {
  const dayIndex = new Int32Array((to - from) / DAY_MS + 1)
  let index = -1
  for (let day = 0; day < dayIndex.length; day++) {
    while ((starts[index + 1] ?? Infinity) <= from + day * DAY_MS) index++
    dayIndex[day] = index
  }
  return dayIndex
}

/** Appends start, end, start, end, ... of the openings within one stretch; joins what touches. */
function layOutStretch(days: DayPlan, stretch: ZoneStretch, bounds: number[]): void {
  const { from, to, offset } = stretch
  const lastDay = Math.floor((to - 1 + offset) / DAY_MS)
  for (let day = Math.floor((from + offset) / DAY_MS); day <= lastDay; day++) {
    if (days.holidays.has(day)) continue
    const midnight = day * DAY_MS - offset
    // 1970-01-01 was a Thursday.
    for (const [opens, closes] of days.weekly[(((day + 3) % 7) + 7) % 7] ?? []) {
      const start = Math.max(midnight + opens, from)
      const end = Math.min(midnight + closes, to)
      if (start >= end) continue
      if (bounds.at(-1) === start) bounds[bounds.length - 1] = end
      else bounds.push(start, end)
    }
  }
}

/** Business time between the start of the table and `instant`. */
export function elapsed(table: OpeningTable, instant: number): number {
  const index = lastStart(table, instant)
  if (index < 0) return 0
  const start = table.starts[index] ?? 0
  return (table.before[index] ?? 0) + Math.min(instant, table.ends[index] ?? 0) - start
}

/** Index of the last opening that starts at or before `instant`, or -1. */
export function lastStart(table: OpeningTable, instant: number): number {
  if (instant < table.from) return -1
  const day = Math.floor((Math.min(instant, table.to) - table.from) / DAY_MS)
  let index = table.dayIndex[day] ?? -1
  while ((table.starts[index + 1] ?? Infinity) <= instant) index++
  return index
}

/** The earliest instant at which the business time since the start of the table is `sum`; 0 < sum <= total. */
export function instantOfSum(table: OpeningTable, sum: number): number {
  const index = lastAtMost(table.before, sum)
  const exact = table.before[index] === sum ? index - 1 : index
  return (table.starts[exact] ?? 0) + sum - (table.before[exact] ?? 0)
}

/** Index of the last value <= `wanted` in an ascending array, or -1. */
function lastAtMost(ascending: Float64Array, wanted: number): number {
  let low = 0
  let high = ascending.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((ascending[middle] ?? Infinity) <= wanted) low = middle + 1
    else high = middle
  }
  return low - 1
}
