export type ClockTone = 'late' | 'soon' | 'calm' | 'paused'

const soon = 30 * 60_000

/** What a clock says: "2 h late", "12 min left", "paused". `due` and `now` in milliseconds. */
export function sayClock(
  due: number | undefined,
  now: number,
  isPaused: boolean,
): { readonly text: string; readonly tone: ClockTone } {
  if (isPaused || due === undefined) return { text: 'paused', tone: 'paused' }
  const left = due - now
  if (left < 0) return { text: `${sayLength(-left)} late`, tone: 'late' }
  return { text: `${sayLength(left)} left`, tone: left < soon ? 'soon' : 'calm' }
}

function sayLength(milliseconds: number): string {
  const minutes = Math.max(1, Math.round(milliseconds / 60_000))
  if (minutes < 60) return `${minutes} min`
  const hours = Math.round(minutes / 60)
  if (hours < 48) return `${hours} h`
  const days = Math.round(hours / 24)
  return days < 730 ? `${days} days` : `${Math.floor(days / 365)} years`
}
