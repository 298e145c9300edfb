import type { Connection } from '../../../contract/connections.ts'
import { sayAgo, sayDuration } from '../../ui/say-time.ts'
import { stateTitles } from './words.ts'

export interface Said {
  readonly title: string
  readonly tone: 'good' | 'warn' | 'late' | undefined
  /** One sentence about what is so, and what follows. */
  readonly detail: string
}

const tones = {
  live: 'good',
  silent: 'warn',
  paused: undefined,
  'needs-reauth': 'late',
  broken: 'late',
} as const

/** The state of a connection in words. `now` in ms since 1970. */
export function sayHealth({ state, detail, health }: Connection, now: number): Said {
  const title = stateTitles[state]
  const tone = tones[state]
  if (state === 'silent' && health.silentSince !== null) {
    const since = sayAgo(Date.parse(health.silentSince), now)
    return {
      title,
      tone,
      detail: `Nothing was heard since ${since}, longer than is usual here. ${detail}`.trim(),
    }
  }
  return { title, tone, detail }
}

/** A lag in words: "0.4 s", "12 s", "3 min". */
export function sayLag(ms: number): string {
  if (ms < 10_000) return `${(ms / 1000).toFixed(1)} s`
  return sayDuration(ms / 1000)
}

/** What is left of an allowance: "2,990 of 3,000 in 5 min". */
export function sayBudget({
  left,
  of,
  perMs,
}: {
  readonly left: number
  readonly of: number
  readonly perMs: number
}): string {
  return `${Math.floor(left).toLocaleString()} of ${of.toLocaleString()} in ${sayDuration(perMs / 1000)}`
}
