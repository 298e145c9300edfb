import { z } from 'zod'

export const Sentiment = z.enum(['negative', 'neutral', 'positive'])
export type Sentiment = z.infer<typeof Sentiment>

/** What an engagement is for; any number of them may hold. */
export const Label = z.enum(['question', 'complaint', 'praise', 'suggestion', 'purchase', 'urgent', 'noise'])
export type Label = z.infer<typeof Label>

/** Why a label or a sentiment was given: the words that counted, or the rule that fired. */
export const ReadingReason = z.object({
  about: z.union([Label, z.literal('sentiment'), z.literal('language')]),
  /** `word`: this word weighed so much in the head; `rule`: a named rule fired on this text. */
  by: z.enum(['word', 'rule']),
  detail: z.string(),
  weight: z.number(),
})
export type ReadingReason = z.infer<typeof ReadingReason>

export const Reading = z.object({
  /** ISO 639-1, or `und` where the text is too short or too mixed to say. */
  language: z.string(),
  /** The likeliest, even where `abstain` is true. */
  sentiment: Sentiment,
  /** Calibrated probability of `sentiment`, 0 to 1. */
  probability: z.number().min(0).max(1),
  /** True inside the band where the head should not be believed. */
  abstain: z.boolean(),
  labels: z.array(Label),
  reasons: z.array(ReadingReason),
  /** Which weights and rules read it. */
  version: z.string(),
})
export type Reading = z.infer<typeof Reading>
