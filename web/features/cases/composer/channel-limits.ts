import type { AnswerWay, Preview } from '../../../../contract/replies.ts'

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
  /** Messages or posts that it takes. */
  readonly parts: number
  /** Worth a look: the room is small, or little of it is left. */
  readonly isShown: boolean
}

/** Whoever writes less than this by habit never meets a limit. */
const smallRoom = 1_000

type TextRules = NonNullable<AnswerWay['text']>

/**
 * How much of the channel's room an answer takes: as the server counted it where it has, else by the channel's rules
 * for as long as it has not. What is split is not too long: an older preview tells whether this place splits.
 */
export function measureRoom(
  text: string,
  rules: TextRules | null,
  { preview, isExact }: { readonly preview: Preview | undefined; readonly isExact: boolean },
): Room {
  const counted = isExact ? preview : undefined
  const parts = preview?.parts.length ?? 1
  const used = counted?.length ?? countIn(text.trim(), rules?.unit ?? 'grapheme')
  const limit = counted === undefined ? (rules?.max ?? null) : counted.max
  if (limit === null || parts > 1)
    return {
      used,
      limit,
      isOver: false,
      isTight: false,
      parts,
      isShown: limit !== null && limit <= smallRoom,
    }
  const isShown = limit <= smallRoom || used > limit * 0.8
  return { used, limit, isOver: used > limit, isTight: used > limit * 0.9, parts, isShown }
}

/** Near enough until the server has counted. */
function countIn(text: string, unit: TextRules['unit']): number {
  if (unit === 'utf16') return text.length
  if (unit === 'codepoint') return [...text].length
  if (unit === 'bytes') return new TextEncoder().encode(text).length
  return countGraphemes(text)
}
