// Packed facts of days, from roll-ups and from the turns themselves, folded into figures.
import { countTogether, unpackIntegers } from './packed-integers.ts'
import type { Waits } from './response-report.ts'

/** Of some days, or of all; several with the same key belong together. */
export interface TurnFacts {
  readonly key: string
  /** Milliseconds to answer, five bytes each. */
  readonly answered: Uint8Array
  /** Starts of the unanswered in milliseconds since 1970, six bytes each. */
  readonly waiting: Uint8Array
}

export interface EngagementFacts {
  readonly inbound: number
  readonly outbound: number
  /** Numbers, four bytes each. */
  readonly persons: Uint8Array
  readonly presences: Uint8Array
  /** Ids of those that have no number yet. */
  readonly newPersons: readonly string[]
  readonly newPresences: readonly string[]
}

const answeredWidth = 5
const waitingWidth = 6

/** Waits by key, in seconds; `now` in milliseconds. */
export function foldTurns(facts: readonly TurnFacts[], now: number): ReadonlyMap<string, Waits> {
  const byKey = Map.groupBy(facts, (fact) => fact.key)
  return new Map([...byKey].map(([key, parts]) => [key, waitsOf(parts, now)]))
}

function waitsOf(parts: readonly TurnFacts[], now: number): Waits {
  const answered = unpackIntegers(
    parts.map((part) => part.answered),
    answeredWidth,
  )
  for (let i = 0; i < answered.length; i++) answered[i] = (answered[i] ?? 0) / 1000
  const waiting = unpackIntegers(
    parts.map((part) => part.waiting),
    waitingWidth,
  )
  // Nothing waits since tomorrow.
  for (let i = 0; i < waiting.length; i++) waiting[i] = Math.max(0, now - (waiting[i] ?? 0)) / 1000
  return { answered, waiting }
}

export interface Captured {
  readonly engagements: number
  readonly inbound: number
  readonly outbound: number
  /** Who spoke. */
  readonly persons: number
  readonly presences: number
}

export function foldEngagements(facts: readonly EngagementFacts[]): Captured {
  let inbound = 0
  let outbound = 0
  for (const fact of facts) {
    inbound += fact.inbound
    outbound += fact.outbound
  }
  const newPersons = new Set(facts.flatMap((fact) => fact.newPersons))
  const newPresences = new Set(facts.flatMap((fact) => fact.newPresences))
  return {
    engagements: inbound + outbound,
    inbound,
    outbound,
    persons: countTogether(facts.map((fact) => fact.persons)) + newPersons.size,
    presences: countTogether(facts.map((fact) => fact.presences)) + newPresences.size,
  }
}
