export type SampleLanguage = 'en' | 'de' | 'fr' | 'es'
export type SampleFunction = 'service' | 'community' | 'sales' | 'product' | 'marketing' | 'pr'
export type SampleChannel =
  | 'twitter'
  | 'bluesky'
  | 'mastodon'
  | 'instagram'
  | 'email'
  | 'web'
  | 'reviews'
  | 'phone'

export type Mood = 'complaint' | 'question' | 'purchase' | 'praise' | 'suggestion' | 'chat' | 'spam'

/** Alternatives of one part of a text; an empty one leaves the part out. */
export type Part = readonly string[]

/** What somebody says, what we answer to exactly that (nothing, when nothing is owed), and a subject for mails. */
export type Matter = readonly [said: string, answer: string, subject?: string]

/**
 * How conversations on one theme go. `{a|b}` is either; `{model}`, `{city}`, `{order}`, `{weekday}`, `{days}`,
 * `{amount}`, `{km}` (hundreds), `{near}` (tens of km), `{name}` of the customer and `{me}` of our member are filled in, the same all through a
 * conversation.
 */
export interface Script {
  readonly id: string
  readonly language: SampleLanguage
  readonly mood: Mood
  /** Who in the company knows the answer. */
  readonly function: SampleFunction
  /** How often, beside the others. */
  readonly weight: number
  readonly channels: readonly SampleChannel[]
  readonly matters: readonly Matter[]
  /** Said behind the matter: a circumstance, then what is wanted. */
  readonly detail: Part
  readonly plea: Part
  /** Said around our answer. */
  readonly lead: Part
  readonly tail: Part
  /** What the customer asks on, each with what we say to that. */
  readonly followUps: readonly Matter[]
  /** Last words: content, or not. */
  readonly happy: Part
  readonly sour: Part
}

export const SOCIAL: readonly SampleChannel[] = ['twitter', 'bluesky', 'mastodon', 'instagram']
export const WRITTEN: readonly SampleChannel[] = ['email', 'web']
export const EVERYWHERE: readonly SampleChannel[] = [...SOCIAL, ...WRITTEN, 'phone']
