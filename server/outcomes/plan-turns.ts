// The turns of a thread as they are kept: who, where, when due, how the person felt before and after. A turn is due by
// the target of its case: the first one by the target of the first answer, those after our first answer by that of
// the next. What it is compared around is our answer in time; without one, the instant at which it was due, and
// where no target was set, a day after its start.
import type { Target } from '../../contract/decision.ts'
import type { Sentiment } from '../../contract/reading.ts'
import { feelingAround, spokeAgain, type ReadWords } from './feeling-around.ts'
import { findTurns, secondsToAnswer, type ThreadEngagement, type Turn } from './turns.ts'

export interface ThreadWords extends ThreadEngagement {
  readonly hasParentName: boolean
  /** Null where nothing was read, or the reading should not be believed. */
  readonly sentiment: Sentiment | null
  readonly labels: readonly string[]
  readonly personId: string | null
  readonly presenceId: string | null
  readonly channel: string
  readonly caseId: string | null
}

export interface TurnCase {
  readonly functionKey: string
  readonly target: Target
}

/** A turn as it is kept. Times in milliseconds. */
export interface KeptTurn {
  readonly id: string
  readonly threadId: string
  readonly personId: string
  readonly presenceId: string | null
  readonly channel: string
  readonly functionKey: string | null
  readonly labels: readonly string[]
  readonly startedAt: number
  readonly answeredAt: number | null
  readonly answerId: string | null
  readonly seconds: number | null
  readonly dueAt: number | null
  readonly sentimentBefore: Sentiment | null
  readonly sentimentAfter: Sentiment | null
  readonly spokeAgain: boolean
  readonly caseId: string | null
}

export type DueOf = (start: number, minutes: number | null, hours: Target['hours']) => number | null

export interface Surroundings {
  readonly cases: ReadonlyMap<string, TurnCase>
  readonly dueOf: DueOf
}

const dayMs = 86_400_000

/** `words` are all engagements of one thread. */
export function planTurns(threadId: string, words: readonly ThreadWords[], around: Surroundings): KeptTurn[] {
  const isFlat = words.every((item) => !item.hasParentName)
  const byId = new Map(words.map((item) => [item.id, item]))
  const said = Map.groupBy(
    words.filter((item) => item.direction === 'in'),
    (item) => item.authorKey,
  )
  const firstAnswers = new Map<string, number>()
  const turns: KeptTurn[] = []
  for (const turn of findTurns(words, { isFlat })) {
    const first = byId.get(turn.firstEngagementId)
    if (first === undefined || first.personId === null) continue
    const dueAt = dueAtOf(turn, first.caseId, firstAnswers, around)
    const answer = turn.answerId === null ? undefined : byId.get(turn.answerId)
    turns.push({
      id: first.id,
      threadId,
      personId: first.personId,
      presenceId: answer?.presenceId ?? first.presenceId,
      channel: first.channel,
      functionKey: around.cases.get(first.caseId ?? '')?.functionKey ?? null,
      labels: labelsOf(turn, byId),
      startedAt: turn.startedAt,
      answeredAt: turn.answeredAt,
      answerId: turn.answerId,
      seconds: secondsToAnswer(turn),
      dueAt,
      ...feelingsOf(turn, dueAt, said.get(turn.authorKey) ?? []),
      caseId: first.caseId,
    })
  }
  return turns
}

/** `firstAnswers` collects when each case was first answered; turns come in order of their start. */
function dueAtOf(
  turn: Turn,
  caseId: string | null,
  firstAnswers: Map<string, number>,
  { cases, dueOf }: Surroundings,
): number | null {
  const target = cases.get(caseId ?? '')?.target
  if (caseId === null || target === undefined) return null
  const firstAnswer = firstAnswers.get(caseId) ?? Infinity
  if (turn.answeredAt !== null) firstAnswers.set(caseId, Math.min(firstAnswer, turn.answeredAt))
  const minutes = firstAnswer <= turn.startedAt ? target.nextAnswerMinutes : target.firstAnswerMinutes
  return dueOf(turn.startedAt, minutes, target.hours)
}

function labelsOf(turn: Turn, byId: ReadonlyMap<string, ThreadWords>): readonly string[] {
  const labels = new Set(turn.engagementIds.flatMap((id) => byId.get(id)?.labels ?? []))
  return [...labels].sort()
}

function feelingsOf(turn: Turn, dueAt: number | null, said: readonly ReadWords[]) {
  const limit = dueAt ?? turn.startedAt + dayMs
  const isInTime = turn.answeredAt !== null && turn.answeredAt <= limit
  const moment = {
    authorKey: turn.authorKey,
    at: isInTime && turn.answeredAt !== null ? turn.answeredAt : limit,
    until: isInTime ? null : turn.answeredAt,
  }
  const { before, after } = feelingAround(said, moment)
  return { sentimentBefore: before, sentimentAfter: after, spokeAgain: spokeAgain(said, moment) }
}

export interface TurnChanges {
  readonly changed: readonly KeptTurn[]
  readonly gone: readonly string[]
  /** Starts of all turns that came, went or changed, as they were and as they are; milliseconds. */
  readonly starts: readonly number[]
}

/** What to write so that the kept turns become the found ones. */
export function changesOfTurns(known: readonly KeptTurn[], found: readonly KeptTurn[]): TurnChanges {
  const before = new Map(known.map((turn) => [turn.id, turn]))
  const changed: KeptTurn[] = []
  const starts: number[] = []
  for (const turn of found) {
    const old = before.get(turn.id)
    before.delete(turn.id)
    if (old !== undefined && isSame(old, turn)) continue
    changed.push(turn)
    starts.push(turn.startedAt)
    if (old !== undefined && old.startedAt !== turn.startedAt) starts.push(old.startedAt)
  }
  for (const old of before.values()) starts.push(old.startedAt)
  return { changed, gone: [...before.keys()], starts }
}

function isSame(a: KeptTurn, b: KeptTurn): boolean {
  const { labels: some, ...left } = a
  const { labels: others, ...right } = b
  const differs = Object.entries(left).some(([name, value]) => value !== Reflect.get(right, name))
  return !differs && some.length === others.length && some.every((label, index) => label === others[index])
}
