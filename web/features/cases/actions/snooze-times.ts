export type SnoozeChoice = 'later' | 'tomorrow' | 'monday' | 'week'

export interface SnoozeTime {
  readonly choice: SnoozeChoice
  readonly until: Date
}

/** A day `days` ahead at `hour`, in the time of the desk that shows it. */
function dayAt(now: Date, days: number, hour: number): Date {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, hour)
}

/** When a case can come back: in three hours, tomorrow, next Monday, in a week; mornings at nine. */
export function snoozeTimes(now: Date): SnoozeTime[] {
  const later = new Date(now.getTime() + 3 * 3_600_000)
  const toMonday = (8 - now.getDay()) % 7 || 7
  const times: SnoozeTime[] = [
    { choice: 'later', until: later },
    { choice: 'tomorrow', until: dayAt(now, 1, 9) },
  ]
  if (toMonday > 1) times.push({ choice: 'monday', until: dayAt(now, toMonday, 9) })
  times.push({ choice: 'week', until: dayAt(now, 7, 9) })
  return times
}
