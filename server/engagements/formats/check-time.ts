const DAY_MS = 86_400_000

/** Why a time cannot be that of an engagement; undefined when it can. `at` and `now` in milliseconds. */
export function refuseTime(at: number, now: number, shown: string): string | undefined {
  if (Number.isNaN(at)) return `The time "${shown.slice(0, 60)}" cannot be read.`
  if (at > now + DAY_MS) return `The time "${shown.slice(0, 60)}" lies in the future.`
  if (at < 0) return `The time "${shown.slice(0, 60)}" lies before 1970.`
  return undefined
}
