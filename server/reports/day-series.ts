// Counts of days as series without gaps.
import type { TodayView } from '../../contract/reports.ts'
import type { DayCounts } from '../outcomes/index.ts'

const dayMs = 86_400_000

/** YYYY-MM-DD, so many days earlier. */
export function dayBefore(day: string, count: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - count * dayMs).toISOString().slice(0, 10)
}

export function feelingByDay(counts: readonly DayCounts[], from: string, to: string): TodayView['feeling'] {
  const byDay = new Map(counts.map((count) => [count.day, count]))
  return daysFrom(from, to).map((day) => {
    const { negative = 0, neutral = 0, positive = 0 } = byDay.get(day) ?? {}
    return { day, negative, neutral, positive }
  })
}

/** Turns that began on each day, and how many of these have their answer. */
export function volumeByDay(counts: readonly DayCounts[], from: string, to: string): TodayView['volume'] {
  const byDay = new Map(counts.map((count) => [count.day, count]))
  return daysFrom(from, to).map((day) => {
    const { turns = 0, answered = 0 } = byDay.get(day) ?? {}
    return { day, inbound: turns, answered }
  })
}

/** Turns by key. */
export function sumByKey(counts: readonly DayCounts[]): ReadonlyMap<string, number> {
  const sums = new Map<string, number>()
  for (const { key, turns } of counts) sums.set(key, (sums.get(key) ?? 0) + turns)
  return sums
}

function daysFrom(from: string, to: string): readonly string[] {
  const days: string[] = []
  for (let day = to; day >= from; day = dayBefore(day, 1)) days.push(day)
  return days.reverse()
}
