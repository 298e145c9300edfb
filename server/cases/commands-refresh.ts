import type { BusinessCalendar } from '../../lib/calendar/business-time.ts'
import { knownCalendar } from '../../lib/calendar/known-calendar.ts'
import type { Batch, BatchSettings } from '../engagements/index.ts'
import type { Db } from '../platform/db/scope.ts'
import { readClocks, soonestDue, type CaseClocks, type ClockEvent } from './case-clocks.ts'
import { previewOf } from './preview-of.ts'
import {
  setRefreshed,
  statusEventsOf,
  wordsOfCases,
  type CaseWords,
  type Refreshed,
  type StatusEvent,
} from './store-refresh.ts'
import { lockCases, type CaseState } from './store.ts'

/** As of when, and by which hours, clocks are read. */
export interface Standing {
  readonly settings: BatchSettings
  readonly now: Date
}

const yearMs = 366 * 86_400_000

/** Stage: brings the cases that a batch touched up to what was said in them. */
export async function refreshTouchedCases(batch: Batch): Promise<void> {
  const caseIds = [...batch.changed.caseIds].filter((id) => batch.openedCases.get(id)?.isSettled !== true)
  await refreshCases(batch.db, batch.workspaceId, caseIds, batch)
}

/** Recomputes what the desk shows of these cases (clocks, waiting, preview, feeling) from words and status. */
export async function refreshCases(
  db: Db,
  workspaceId: string,
  caseIds: readonly string[],
  { settings, now }: Standing,
): Promise<void> {
  if (caseIds.length === 0) return
  const cases = await lockCases(db, workspaceId, caseIds)
  const words = Map.groupBy(await wordsOfCases(db, workspaceId, caseIds), (item) => item.caseId)
  const statuses = Map.groupBy(await statusEventsOf(db, workspaceId, caseIds), (event) => event.caseId)
  const calendar = calendarFor(cases, settings, now)
  const refreshed = cases.map((state) =>
    refresh({
      state,
      words: words.get(state.id) ?? [],
      statuses: statuses.get(state.id) ?? [],
      calendar,
      now,
    }),
  )
  await setRefreshed(db, workspaceId, refreshed)
}

export function calendarFor(
  cases: readonly Pick<CaseState, 'openedAt'>[],
  settings: BatchSettings,
  now: Date,
): BusinessCalendar {
  const oldest = cases.reduce((least, state) => Math.min(least, state.openedAt.getTime()), now.getTime())
  const { timeZone, hours } = settings
  return knownCalendar(
    { timeZone, weekly: hours.weekly, holidays: hours.holidays },
    oldest,
    now.getTime() + yearMs,
  )
}

/** The clocks of one case as they stand now. */
export async function clocksOf(
  db: Db,
  workspaceId: string,
  state: CaseState,
  { settings, now }: Standing,
): Promise<CaseClocks> {
  const words = await wordsOfCases(db, workspaceId, [state.id])
  const counting = countingWords(words)
  const events = eventsOf(state, counting, await statusEventsOf(db, workspaceId, [state.id]))
  return readClocks({
    events,
    target: state.target,
    calendar: calendarFor([state], settings, now),
    now: now.getTime(),
  })
}

export interface CaseParts {
  readonly state: Pick<CaseState, 'id' | 'status' | 'target' | 'openedAt'>
  /** Oldest first. */
  readonly words: readonly CaseWords[]
  readonly statuses: readonly StatusEvent[]
  readonly calendar: BusinessCalendar
  readonly now: Date
}

/** What the desk shows of a case. */
export function refresh({ state, words, statuses, calendar, now }: CaseParts): Refreshed {
  const counting = countingWords(words)
  const clocks = readClocks({
    events: eventsOf(state, counting, statuses),
    target: state.target,
    calendar,
    now: now.getTime(),
  })
  const theirs = words.filter((item) => !item.isOurs && !item.isDeleted)
  const lastTheirs = theirs.at(-1)
  const last = words.at(-1)
  const waitingSince = state.status === 'resolved' ? null : firstUnanswered(counting)
  return {
    id: state.id,
    preview: previewOf(lastTheirs?.text ?? ''),
    messages: words.length,
    is_waiting: waitingSince !== null,
    waiting_since: waitingSince,
    due_at: dateOf(soonestDue(clocks)),
    first_answer_due_at: dateOf(clocks.firstAnswer?.dueAt ?? null),
    next_answer_due_at: dateOf(clocks.nextAnswer?.dueAt ?? null),
    resolution_due_at: dateOf(clocks.resolution?.dueAt ?? null),
    first_answered_at: counting.find((item) => item.isOurs)?.at ?? null,
    sentiment: lastTheirs?.sentiment ?? null,
    labels: [...new Set(theirs.flatMap((item) => item.labels))],
    last_activity_at: last?.at ?? state.openedAt,
    last_engagement_id: last?.id ?? null,
  }
}

/** Words that start or stop a clock: no machine's, none taken back, and no thanks once we have answered. */
function countingWords(words: readonly CaseWords[]): readonly CaseWords[] {
  const firstOurs = words.findIndex((item) => item.isOurs && !item.isAutomatic && !item.isDeleted)
  return words.filter((item, index) => {
    if (item.isDeleted || item.isAutomatic) return false
    return item.isOurs || item.asks || firstOurs === -1 || index < firstOurs
  })
}

function dateOf(instant: number | null): Date | null {
  return instant === null ? null : new Date(instant)
}

/** When the customer began to wait: their first words since our last answer. */
function firstUnanswered(counting: readonly CaseWords[]): Date | null {
  const lastOurs = counting.findLastIndex((item) => item.isOurs)
  return counting[lastOurs + 1]?.at ?? null
}

function eventsOf(
  state: Pick<CaseState, 'openedAt'>,
  words: readonly CaseWords[],
  statuses: readonly StatusEvent[],
): readonly ClockEvent[] {
  const said = words.map((item): ClockEvent => ({
    type: item.isOurs ? 'answered' : 'inbound',
    at: item.at.getTime(),
  }))
  const set = statuses.map((event): ClockEvent => ({ type: 'status', at: event.at.getTime(), to: event.to }))
  const later = [...said, ...set].toSorted((a, b) => a.at - b.at)
  const opened = Math.min(state.openedAt.getTime(), later[0]?.at ?? Infinity)
  return [{ type: 'opened', at: opened }, ...later]
}
