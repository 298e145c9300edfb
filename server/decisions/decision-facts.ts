import type { Lifecycle } from '../../contract/decision.ts'
import type { ActivityType, Direction, ObjectKind, Visibility } from '../../contract/engagement.ts'
import type { Label, Sentiment } from '../../contract/reading.ts'

/** All that a decision tree may ask about one engagement, as it stood when it was decided. */
export interface DecisionFacts {
  readonly engagement: {
    readonly activity: ActivityType
    readonly kind: ObjectKind
    readonly direction: Direction
    readonly visibility: Visibility
    /** Kind of place: email, web, twitter, ... */
    readonly channel: string
    /** Sent by a machine (out of office, auto-reply), theirs or ours. */
    readonly isAutomatic: boolean
    /** Names one of our presences, answers words of ours, or came by a way that only leads to us. */
    readonly isAddressedToUs: boolean
    /** Subject and text, as a person would read them. */
    readonly text: string
  }
  readonly reading: {
    /** ISO 639-1, or `und`. */
    readonly language: string
    readonly sentiment: Sentiment
    /** Of `sentiment`, calibrated, 0 to 1. */
    readonly probability: number
    readonly abstain: boolean
    readonly labels: readonly Label[]
  }
  readonly person: {
    /** Names of what the person takes part in: VIP, beta, influencer outreach, a dispute. */
    readonly memberships: readonly string[]
    readonly lifecycle: Lifecycle | null
    readonly valueTier: string | null
    /** Nothing of this person was captured before. */
    readonly isNew: boolean
    readonly openCases: number
    /** Inbound engagements of this person before this one, on all channels. */
    readonly engagementsBefore: number
  }
  readonly presence: {
    /** Of the presence that the engagement belongs to, without @; null where it belongs to none. */
    readonly handle: string | null
    /** The function that runs this presence. */
    readonly function: string | null
  }
  readonly thread: {
    /** Answers something, whether or not that was captured. */
    readonly isReply: boolean
    /** Known engagements above this one, up to the first. */
    readonly depth: number
    /** Somebody of ours (no machine) spoke earlier in this thread. */
    readonly hasOurAnswer: boolean
    /** Different persons outside who spoke in this thread so far, this one included. */
    readonly authors: number
  }
  /** Of the engagement, in the workspace's time zone and hours. */
  readonly time: {
    readonly isBusinessTime: boolean
    /** ISO weekday, Monday is 1. */
    readonly weekday: number
    /** 0 to 23. */
    readonly hour: number
  }
}
