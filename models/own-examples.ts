import type { Sentiment } from '../contract/reading.ts'
import type { Example } from './examples.ts'
import { neutralTemplates } from './own-neutral.ts'
import { negativeTemplates } from './own-negative.ts'
import { positiveTemplates } from './own-positive.ts'

/** How much one made sentence counts beside a tweet. */
const WEIGHT = 0.1
const SENTENCES_EACH = 60

/**
 * Sentences of customers to companies, written by us as templates with choices, since tweets about
 * films and football hardly ever say "still waiting for my refund". `{a|b}` is one of a and b; choices
 * may hold choices.
 */
export function ownExamples(random: () => number): readonly Example[] {
  return [
    ...made(negativeTemplates, 'negative', random),
    ...made(neutralTemplates, 'neutral', random),
    ...made(positiveTemplates, 'positive', random),
  ]
}

function made(templates: readonly string[], sentiment: Sentiment, random: () => number): readonly Example[] {
  return templates.flatMap((template) =>
    Array.from({ length: SENTENCES_EACH }, () => ({
      text: spoken(template, random),
      sentiment,
      weight: WEIGHT,
    })),
  )
}

const INNERMOST = /\{([^{}]*)\}/

function spoken(template: string, random: () => number): string {
  let text = template
  for (let match = INNERMOST.exec(text); match; match = INNERMOST.exec(text)) {
    const choices = (match[1] ?? '').split('|')
    text =
      text.slice(0, match.index) +
      (choices[Math.floor(random() * choices.length)] ?? '') +
      text.slice(match.index + match[0].length)
  }
  return text.replace(/\s+/g, ' ').trim()
}
