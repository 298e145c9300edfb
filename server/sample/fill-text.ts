import type { Random } from '../../lib/random.ts'
import { cities, models } from './company-facts.ts'
import { phrases } from './scripts/phrases.ts'
import type { Part, SampleLanguage } from './scripts/script.ts'

/** What the slots of one conversation stand for. */
export type Slots = Readonly<Record<string, string>>

export function drawSlots(
  random: Random,
  language: SampleLanguage,
  { name, me }: { readonly name: string; readonly me: string },
): Slots {
  return {
    model: random.pick(models),
    city: random.pick(cities[language]),
    order: `TW-${random.between(41_000, 58_999)}`,
    weekday: random.pick(phrases[language].weekdays),
    days: `${random.between(6, 24)}`,
    amount: `${random.between(9, 58) * 5}`,
    km: `${random.between(310, 980)}`,
    near: `${random.between(14, 48)}`,
    name: firstName(name),
    me: firstName(me),
  }
}

function firstName(name: string): string {
  return name.split(' ')[0] ?? name
}

const EITHER = /\{([^{}]*\|[^{}]*)\}/
const SLOT = /\{(\w+)\}/g

/** One alternative of each part, joined to a text: choices made, slots filled, sentences begun in capitals. */
export function fillParts(parts: readonly Part[], slots: Slots, random: Random): string {
  let text = ''
  for (const part of parts) {
    const chosen = part.length === 0 ? '' : fill(random.pick(part), slots, random)
    if (chosen === '') continue
    const isNewSentence = text === '' || /[.!?]$/.test(text)
    text += (text === '' ? '' : ' ') + (isNewSentence ? capital(chosen) : chosen)
  }
  return text
}

function fill(template: string, slots: Slots, random: Random): string {
  let text = template
  // Inner slots first, so that a choice may hold some.
  text = text.replaceAll(SLOT, (slot, key: string) => slots[key] ?? slot)
  for (let match = EITHER.exec(text); match; match = EITHER.exec(text)) {
    text = text.replace(match[0], random.pick((match[1] ?? '').split('|')))
  }
  return text.replaceAll(/ {2,}/g, ' ').trim()
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
