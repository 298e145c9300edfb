import type { Preview } from './acting.ts'
import type { TextRules } from './manifest.ts'

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/** Length of a text as a network counts it. */
function textLength(text: string, unit: TextRules['unit']): number {
  if (unit === 'utf16') return text.length
  if (unit === 'codepoint') return [...text].length
  if (unit === 'bytes' || unit === 'gsm7') return new TextEncoder().encode(text).length
  let count = 0
  for (const _ of segmenter.segment(text)) count += 1
  return count
}

/** What a text looks like before it leaves: its length against the rules. */
export function previewText(text: string, rules: TextRules): Preview {
  const length = textLength(text, rules.unit)
  const isTooLong = rules.max !== null && length > rules.max
  const warnings = isTooLong ? [`Too long by ${length - (rules.max ?? 0)}.`] : []
  return { length, max: rules.max, warnings }
}
