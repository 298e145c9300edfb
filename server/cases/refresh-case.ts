import type { BusinessCalendar } from '../../lib/calendar/business-time.ts'
import { knownCalendar } from '../../lib/calendar/known-calendar.ts'
import type { BatchSettings } from '../engagements/index.ts'
import { readClocks, soonestDue, type ClockEvent } from './case-clocks.ts'
import { previewOf } from './preview-of.ts'
import type { CaseWords, Refreshed, StatusEvent } from './store-refresh.ts'
import type { CaseState } from './store.ts'

const yearMs = 366 * 86_400_000

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
    heard_at: heardAt(theirs),
  }
}

function heardAt(theirs: readonly CaseWords[]): Date | null {
  const live = theirs.filter((item) => !item.isHistorical && !item.isAutomatic)
  return live.reduce<Date | null>(
    (newest, { receivedAt }) => (newest === null || receivedAt > newest ? receivedAt : newest),
    null,
  )
}

/** Words that start or stop a clock: no machine's, none taken back, and no thanks once we have answered. */
export function countingWords(words: readonly CaseWords[]): readonly CaseWords[] {
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

export function eventsOf(
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
