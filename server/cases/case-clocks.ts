// The clocks of a case, after Zendesk's: first and next answer reset, the others run by status and pause.
//   first answer  from the first words of the person to our first answer
//   next answer   after that, from the oldest words not yet answered to our next answer
//   resolution    while new or open; pauses while pending or on hold; a case opened again runs on
//   requester wait   while new, open or on hold;   agent work   while new or open
// Resolving a case stops every clock. Missed means: stopped, or still running, after it was due.
import type { CaseStatus } from '../../contract/cases.ts'
import type { Target } from '../../contract/decision.ts'
import type { BusinessCalendar } from '../../lib/calendar/business-time.ts'
import { addCounted, countedMs, dueTime, type Timekeeping } from './due-time.ts'

/** Times in milliseconds. `answered` is an answer by a person of ours, never an automatic one. */
export type ClockEvent =
  | { readonly type: 'opened'; readonly at: number }
  | { readonly type: 'inbound'; readonly at: number }
  | { readonly type: 'answered'; readonly at: number }
  | { readonly type: 'status'; readonly at: number; readonly to: CaseStatus }

export interface ClockReading {
  readonly startedAt: number
  /** Null where no target is set, and while a clock that was not yet due pauses. */
  readonly dueAt: number | null
  readonly stoppedAt: number | null
  /** Counted time so far, in the hours of the target. */
  readonly elapsedMs: number
  readonly state: 'running' | 'paused' | 'met' | 'missed'
  /** Time counts now; false for a missed clock that pauses. */
  readonly isRunning: boolean
}

export interface CaseClocks {
  /** Null until the person has spoken. */
  readonly firstAnswer: ClockReading | null
  /** The latest one; null until the person spoke again after our first answer. */
  readonly nextAnswer: ClockReading | null
  readonly resolution: ClockReading | null
  readonly requesterWaitMs: number
  readonly agentWorkMs: number
}

export interface ClockInput {
  /** In order of time, `opened` first. What happens after `now` is left out by the caller. */
  readonly events: readonly ClockEvent[]
  /** In force now; null sets no due times, and all time counts. */
  readonly target: Target | null
  readonly calendar: BusinessCalendar
  readonly now: number
}

interface Run {
  readonly from: number
  /** Null while it runs. */
  readonly to: number | null
}

const runsIn = {
  resolution: new Set<CaseStatus>(['new', 'open']),
  requesterWait: new Set<CaseStatus>(['new', 'open', 'on-hold']),
  agentWork: new Set<CaseStatus>(['new', 'open']),
}

export function readClocks(input: ClockInput): CaseClocks {
  const { events, target, calendar, now } = input
  const timekeeping = { hours: target?.hours ?? 'calendar', calendar }
  const [first, ...later] = answerRuns(events)
  const latest = later.at(-1)
  const sumOf = (runs: readonly Run[]) =>
    runs.reduce((sum, run) => sum + countedMs(run.from, run.to ?? now, timekeeping), 0)
  return {
    firstAnswer: first ? readReset(first, target?.firstAnswerMinutes ?? null, now, timekeeping) : null,
    nextAnswer: latest ? readReset(latest, target?.nextAnswerMinutes ?? null, now, timekeeping) : null,
    resolution: readResolution(input, timekeeping),
    requesterWaitMs: sumOf(statusRuns(events, runsIn.requesterWait)),
    agentWorkMs: sumOf(statusRuns(events, runsIn.agentWork)),
  }
}

/** The instant that the desk sorts by: the soonest due of the clocks that run, late ones included. */
export function soonestDue(clocks: CaseClocks): number | null {
  const due = [clocks.firstAnswer, clocks.nextAnswer, clocks.resolution]
    .filter((clock) => clock?.isRunning)
    .map((clock) => clock?.dueAt ?? Infinity)
  const soonest = Math.min(...due)
  return soonest === Infinity ? null : soonest
}

/** First answer, then next ones: each from the oldest words not answered to our answer, or to resolving. */
function answerRuns(events: readonly ClockEvent[]): Run[] {
  const runs: Run[] = []
  let waitingSince: number | null = null
  for (const event of events) {
    if (event.type === 'inbound') waitingSince ??= event.at
    const ends = event.type === 'answered' || (event.type === 'status' && event.to === 'resolved')
    if (!ends || waitingSince === null) continue
    runs.push({ from: waitingSince, to: event.at })
    waitingSince = null
  }
  if (waitingSince !== null) runs.push({ from: waitingSince, to: null })
  return runs
}

/** The stretches spent in any of `statuses`. A case is new when it is opened. */
function statusRuns(events: readonly ClockEvent[], statuses: ReadonlySet<CaseStatus>): Run[] {
  const runs: Run[] = []
  let from: number | null = null
  for (const event of events) {
    const status = statusAfter(event)
    if (status === null) continue
    if (statuses.has(status)) from ??= event.at
    else if (from !== null) {
      runs.push({ from, to: event.at })
      from = null
    }
  }
  if (from !== null) runs.push({ from, to: null })
  return runs
}

function statusAfter(event: ClockEvent): CaseStatus | null {
  if (event.type === 'opened') return 'new'
  return event.type === 'status' ? event.to : null
}

function readReset(run: Run, minutes: number | null, now: number, timekeeping: Timekeeping): ClockReading {
  const dueAt = dueTime(run.from, minutes, timekeeping)
  return {
    startedAt: run.from,
    dueAt,
    stoppedAt: run.to,
    elapsedMs: countedMs(run.from, run.to ?? now, timekeeping),
    state: stateOf(dueAt, run.to, now),
    isRunning: run.to === null,
  }
}

function readResolution({ events, target, now }: ClockInput, timekeeping: Timekeeping): ClockReading | null {
  const runs = statusRuns(events, runsIn.resolution)
  const opened = runs[0]
  if (!opened) return null
  const spans = runs.map((run) => ({ ...run, spent: countedMs(run.from, run.to ?? now, timekeeping) }))
  const dueAt = dueInRuns(spans, target?.resolutionMinutes ?? null, timekeeping)
  const last = events.findLast((event) => event.type === 'status')
  const stoppedAt = last?.type === 'status' && last.to === 'resolved' ? last.at : null
  const isPaused = stoppedAt === null && runs.at(-1)?.to !== null
  const state = stateOf(dueAt, stoppedAt, now)
  return {
    startedAt: opened.from,
    dueAt,
    stoppedAt,
    elapsedMs: spans.reduce((sum, span) => sum + span.spent, 0),
    state: isPaused && state === 'running' ? 'paused' : state,
    isRunning: stoppedAt === null && !isPaused,
  }
}

/** When the sum of the runs reaches the target; null where it is not reached and nothing runs. */
function dueInRuns(
  spans: readonly (Run & { readonly spent: number })[],
  minutes: number | null,
  timekeeping: Timekeeping,
): number | null {
  if (minutes === null) return null
  let left = minutes * 60_000
  for (const span of spans) {
    if (span.to === null || span.spent >= left) return addCounted(span.from, left, timekeeping)
    left -= span.spent
  }
  return null
}

function stateOf(dueAt: number | null, stoppedAt: number | null, now: number): ClockReading['state'] {
  if (dueAt !== null && (stoppedAt ?? now) > dueAt) return 'missed'
  return stoppedAt === null ? 'running' : 'met'
}
