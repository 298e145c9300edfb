import type { Random } from '../../lib/random.ts'
import type { SampleFunction } from './scripts/script.ts'

const MINUTE_MS = 60_000
const DAY_MINUTES = 1440

/** Opening minutes of a weekday (0 is Sunday), UTC. Only service and community work on Saturdays. */
function openOn(weekday: number, who: SampleFunction): readonly [number, number] | undefined {
  if (weekday === 0) return undefined
  if (weekday === 6) return who === 'service' || who === 'community' ? [9 * 60, 13 * 60] : undefined
  return who === 'product' ? [9 * 60, 17 * 60] : [8 * 60, 18 * 60]
}

/** The time at which `minutes` of open time have passed since `from`. Both in milliseconds. */
export function afterOpenMinutes(from: number, minutes: number, who: SampleFunction): number {
  let at = Math.floor(from / MINUTE_MS)
  let left = minutes
  for (;;) {
    const minuteOfDay = at % DAY_MINUTES
    const open = openOn(new Date(at * MINUTE_MS).getUTCDay(), who)
    const begin = open ? Math.max(minuteOfDay, open[0]) : DAY_MINUTES
    const available = open ? Math.max(0, open[1] - begin) : 0
    if (left < available) return (at - minuteOfDay + begin + left) * MINUTE_MS
    left -= available
    at += DAY_MINUTES - minuteOfDay
  }
}

export function isOpen(at: number, who: SampleFunction): boolean {
  const minute = Math.floor(at / MINUTE_MS)
  const open = openOn(new Date(at).getUTCDay(), who)
  return open !== undefined && minute % DAY_MINUTES >= open[0] && minute % DAY_MINUTES < open[1]
}

/** Open minutes until a function answers: log-normal around its own median. */
export function answerMinutes(random: Random, median: number): number {
  return Math.max(1, Math.round(median * Math.exp(0.9 * random.normal())))
}
