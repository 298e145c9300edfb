// What we do on a network, and what becomes of it.
import type { EngagementInput } from '../contract/engagement.ts'
import type { FilledTemplate } from '../contract/message-template.ts'
import type { ChannelError } from './channel.ts'

export type Act = 'reply' | 'notice' | 'post' | 'edit' | 'delete' | 'like' | 'share'

/** Where something of ours goes: facts of the conversation, as the core knows them. */
export interface Target {
  /** The person on this channel: address, handle, account id or conversation; null where none is known. */
  readonly address: string | null
  /** What is answered, liked or shared, as the network names it. */
  readonly parentExternalId: string | null
  /** What was said before in the thread, oldest first, as the network names it. */
  readonly earlierExternalIds: readonly string[]
  readonly subject: string | null
  readonly visibility?: EngagementInput['visibility']
  /** Ours that is edited or deleted, as the network names it. */
  readonly ownExternalIds?: readonly string[]
  /** When this person last spoke to us here, ms since 1970; null: never. */
  readonly lastHeardAt?: number | null
  /** How often we answered since then. */
  readonly answersSince?: number
  /** Whether what is answered names us. */
  readonly isSummoned?: boolean
  /** What is answered is gone from the network. */
  readonly isParentGone?: boolean
  /** The person said that we may not write here. */
  readonly isOptedOut?: boolean
}

export interface OutgoingMedia {
  readonly name: string
  readonly mediaType: string
  readonly alt: string
  readonly bytes: Uint8Array
}

export interface Command {
  readonly what: Act
  readonly target: Target
  readonly text: string
  /** Who speaks, as the person outside sees it. */
  readonly speaker: string
  /** Our account that speaks, as the channel names it. */
  readonly presence: string | null
  readonly media?: readonly OutgoingMedia[]
  /** A notice that a member may answer bears this; the answer comes back as `MailedAnswer`. */
  readonly answerToken?: string
  /** A template that the network approved, where the window is closed. */
  readonly template?: FilledTemplate
}

/** Whether, how and until when (ms since 1970; null: for ever) we may act here. */
export type CanAct =
  | { readonly can: true; readonly until?: number | null; readonly note?: string }
  | {
      readonly can: false
      readonly reason: string
      readonly until: number | null
      /** What is left: an approved template, or a private word. */
      readonly only?: 'template' | 'private'
    }

export interface Preview {
  /** In the unit of the text rules. */
  readonly length: number
  readonly max: number | null
  readonly warnings: readonly string[]
  /** What the network will show, in order; one where nothing is split. */
  readonly parts?: readonly string[]
  /** What the network charges, such as `2 messages` or `0.20 USD`; absent where it is free. */
  readonly cost?: string
}

/**
 * What became of an act. `unknown`: it may have taken effect or not; it is read back where that is possible, and
 * never sent again by itself. `detail` is a sentence for members.
 */
export type Acted =
  | {
      readonly result: 'done'
      /** The network's name of what was made; of the first part where it was split. */
      readonly networkId: string
      /** Of the further parts. */
      readonly otherIds?: readonly string[]
      readonly detail: string
    }
  | {
      readonly result: 'refused'
      readonly error: ChannelError
      readonly detail: string
      /** As long as the network asks to wait. */
      readonly retryAfterMs?: number
    }
  | { readonly result: 'unknown'; readonly detail: string }

/** What reading back found; `there` with the network's name where it gives one. */
export type ReadBack =
  | 'absent'
  | 'cannot-say'
  | 'there'
  | { readonly networkId: string; readonly otherIds?: readonly string[] }
