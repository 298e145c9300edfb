/**
 * Longest text of one answer, in user-perceived characters, by channel. From the networks' public
 * documentation; a channel that is not named has no limit worth counting. SMS counts one segment.
 */
const limits: Readonly<Record<string, number>> = {
  twitter: 280,
  x: 280,
  bluesky: 300,
  mastodon: 500,
  fediverse: 500,
  threads: 500,
  sms: 160,
  telegram: 4096,
  whatsapp: 4096,
  instagram: 2200,
  facebook: 8000,
  youtube: 10_000,
  linkedin: 1250,
}

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/** Characters as a person counts them: an emoji with its modifiers is one. */
export function countGraphemes(text: string): number {
  let count = 0
  for (const _ of segmenter.segment(text)) count += 1
  return count
}

export interface Room {
  readonly used: number
  /** Null where the channel has no limit. */
  readonly limit: number | null
  readonly isOver: boolean
  /** Less than a tenth is left. */
  readonly isTight: boolean
}

/** How much of the channel's room an answer takes. */
export function measureRoom(text: string, channel: string): Room {
  const used = countGraphemes(text.trim())
  const limit = limits[channel.toLowerCase()] ?? null
  if (limit === null) return { used, limit, isOver: false, isTight: false }
  return { used, limit, isOver: used > limit, isTight: used > limit * 0.9 }
}
