// What a channel says about itself: data, shown to members and checked by the conformance kit.
import type { Visibility } from '../contract/engagement.ts'
import type { MediaRules } from '../contract/media.ts'

export type Support =
  | { readonly level: 'full' }
  | { readonly level: 'partial' | 'none'; readonly reason: string }

/**
 * listen: customers' words come in. backfill: history too. reply, notify (a word that one waits elsewhere), post,
 * react, direct: words and signs of ours. edit, delete: of our own words. deletions: customers' deletions reach us.
 * receipts: delivered and read. readBack: whether an act took effect can be asked.
 */
export type Capability =
  | 'listen'
  | 'backfill'
  | 'reply'
  | 'notify'
  | 'post'
  | 'react'
  | 'direct'
  | 'edit'
  | 'delete'
  | 'deletions'
  | 'media'
  | 'receipts'
  | 'readBack'

/** How a network counts the length of a text; `max` null where it sets none worth counting. */
export interface TextRules {
  readonly unit: 'grapheme' | 'utf16' | 'codepoint' | 'bytes' | 'gsm7'
  readonly max: number | null
}

/** One question when a presence is connected. Secrets are write-only. */
export interface Field {
  readonly name: string
  readonly label: string
  readonly kind: 'text' | 'password' | 'url' | 'number' | 'choice' | 'toggle' | 'long-text'
  readonly help: string
  readonly isSecret: boolean
  readonly isRequired: boolean
  readonly initial: string
  readonly choices?: readonly { readonly value: string; readonly label: string }[]
}

/** What is asked of the network, and why. */
export interface Permission {
  readonly what: string
  readonly why: string
}

/** So many calls in a time; the core spends them. */
export interface RateBudget {
  readonly calls: number
  readonly perMs: number
}

export interface Manifest {
  readonly id: string
  readonly title: string
  /** The kind of place, as engagements name it. */
  readonly channel: string
  /** Name space of external ids. */
  readonly source: string
  /** Whether our presences are connected one by one, or one setting of the installation serves them all. */
  readonly connects: 'each-presence' | 'all-presences'
  /** An answer is delivered by our own commit, where the place is ours, or when the network took it. */
  readonly delivers: 'with-our-commit' | 'by-the-network'
  /**
   * How words come in; the core prefers the first. Where `poll` is followed by `push`, pushes are asked for beside it
   * and only make it quicker; in any other order they exclude each other.
   */
  readonly listens: readonly ('stream' | 'push' | 'poll')[]
  /** Whoever knows the address may push, without a proof: such pushes are counted, by who sends them. */
  readonly pushedBy?: 'anybody'
  readonly capabilities: Readonly<Record<Capability, Support>>
  readonly text: TextRules
  /** To how many people words of ours may show here, where one may choose; left out: as what is answered. */
  readonly visibilities?: readonly Visibility[]
  /** Which files words of ours may carry; stands where the capability `media` is not none. */
  readonly media?: MediaRules
  /** Of the signs that `react` stands for, those that there are; left out: both. */
  readonly signs?: readonly ('like' | 'share')[]
  /** The usual time between two polls, and how long silence is usual, ms. */
  readonly pace: { readonly pollMs: number; readonly silentAfterMs: number | null }
  readonly budget: RateBudget | null
  readonly connect: {
    /** Sentences that lead a member through it, one a step. */
    readonly steps: readonly string[]
    readonly permissions: readonly Permission[]
    readonly fields: readonly Field[]
  }
  /** How this channel was proven; shown as it is. */
  readonly provenOn: 'real-network' | 'real-server' | 'twin' | 'our-own'
}
