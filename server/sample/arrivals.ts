import type { Random } from '../../lib/random.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const WEEKS = 8

/** How much is written at each hour, and on each weekday from Sunday. */
const HOURS = [6, 3, 2, 1, 2, 5, 14, 30, 48, 55, 54, 50, 52, 50, 46, 46, 50, 58, 64, 66, 62, 50, 32, 15]
const WEEKDAYS = [62, 105, 112, 108, 103, 98, 74]

const HOUR_CHOICES = HOURS.map((weight, hour) => [hour, weight] as const)

/** Times at which conversations begin in the weeks before `now`, growing slowly, in order. */
export function drawArrivals(random: Random, count: number, now: number): number[] {
  const firstDay = Math.floor(now / DAY_MS) - WEEKS * 7 + 1
  const days = Array.from({ length: WEEKS * 7 }, (_, index) => {
    const weekday = new Date((firstDay + index) * DAY_MS).getUTCDay()
    return [firstDay + index, (WEEKDAYS[weekday] ?? 0) * (1 + index / 250)] as const
  })
  const times = Array.from({ length: count }, () => random.weighted(days) * DAY_MS + timeOfDay(random))
  return times.toSorted((first, second) => first - second)
}

/** The faulty update goes out in the night to the Tuesday of the fifth week. */
export function incidentStart(now: number): number {
  let day = Math.floor(now / DAY_MS) - WEEKS * 7 + 1 + 4 * 7
  while (new Date(day * DAY_MS).getUTCDay() !== 2) day++
  return day * DAY_MS + 4 * HOUR_MS
}

/** A spike that halves every day and a half. */
export function drawIncident(random: Random, count: number, start: number): number[] {
  const times = Array.from({ length: count }, () => {
    const day = Math.floor(-Math.log2(1 - random.next()) * 1.5)
    return Math.floor(start / DAY_MS) * DAY_MS + day * DAY_MS + timeOfDay(random)
  })
  return times.filter((at) => at >= start).toSorted((first, second) => first - second)
}

function timeOfDay(random: Random): number {
  return random.weighted(HOUR_CHOICES) * HOUR_MS + random.below(HOUR_MS)
}
