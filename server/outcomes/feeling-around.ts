// How a person felt before and after a moment of an exchange: their last words up to it, against their last
// words after it, in the same thread, within seven days.
import type { Sentiment } from '../../contract/reading.ts'

export interface ReadWords {
  readonly authorKey: string
  readonly direction: 'in' | 'out'
  readonly isAutomatic: boolean
  readonly isDeleted: boolean
  /** Milliseconds. */
  readonly at: number
  /** Null where nothing was read, or the reading should not be believed. */
  readonly sentiment: Sentiment | null
}

export interface Moment {
  readonly authorKey: string
  /** Our first answer; for an exchange without one in time, the instant at which it was due. */
  readonly at: number
  /** Words from here on no longer count: a late answer ends what is seen of going without. Null for no end. */
  readonly until: number | null
}

export interface FeelingAround {
  /** Null where the person said nothing that could be read before. */
  readonly before: Sentiment | null
  /** Null where they fell silent. */
  readonly after: Sentiment | null
}

const WEEK_MS = 7 * 86_400_000

/** Whether the person said anything after the moment, readable or not. */
export function spokeAgain(words: readonly ReadWords[], moment: Moment): boolean {
  const end = endOf(moment)
  return words.some((item) => isTheirs(item, moment.authorKey) && item.at > moment.at && item.at <= end)
}

function endOf(moment: Moment): number {
  return Math.min(moment.at + WEEK_MS, moment.until === null ? Infinity : moment.until - 1)
}

/** `words` of one thread, in any order. */
export function feelingAround(words: readonly ReadWords[], moment: Moment): FeelingAround {
  const end = endOf(moment)
  let before: ReadWords | null = null
  let after: ReadWords | null = null
  for (const item of words) {
    if (item.sentiment === null || !isTheirs(item, moment.authorKey)) continue
    if (item.at <= moment.at) before = later(before, item)
    else if (item.at <= end) after = later(after, item)
  }
  return { before: before?.sentiment ?? null, after: after?.sentiment ?? null }
}

function isTheirs(item: ReadWords, authorKey: string): boolean {
  const isSaid = item.direction === 'in' && item.authorKey === authorKey
  return isSaid && !item.isAutomatic && !item.isDeleted
}

/** Of words in the same instant, the less happy ones: so the order of input does not matter. */
function later(known: ReadWords | null, item: ReadWords): ReadWords {
  if (known === null || item.at > known.at) return item
  if (item.at < known.at) return known
  return order[item.sentiment ?? 'neutral'] < order[known.sentiment ?? 'neutral'] ? item : known
}

const order = { negative: 0, neutral: 1, positive: 2 } as const
