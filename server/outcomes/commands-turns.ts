import { knownCalendar } from '../../lib/calendar/known-calendar.ts'
import { dueTime } from '../cases/index.ts'
import type { Batch, BatchSettings, Passing } from '../engagements/index.ts'
import type { Db } from '../platform/db/scope.ts'
import { together } from '../platform/db/together.ts'
import { newId } from '../platform/ids.ts'
import { askFor } from '../platform/jobs/jobs.ts'
import { changesOfTurns, planTurns, type DueOf, type ThreadWords, type TurnCase } from './plan-turns.ts'
import { rollUpDelayMs, rollUpJob, rollUpName } from './roll-up-job.ts'
import {
  casesOfThreads,
  dropTurns,
  markDays,
  saveTurns,
  turnsOfThreads,
  wordsOfThreads,
} from './store-turns.ts'

/** Stage: brings the turns of the touched threads up to what was said in them. */
export async function refreshTurns(batch: Batch): Promise<void> {
  const { db, workspaceId, settings, now } = batch
  await refresh(db, {
    workspaceId,
    threadIds: [...batch.storedThreadIds],
    newThreads: newThreads(batch),
    newCases: batch.openedCases,
    settings,
    now,
    wholeThreadIds: [...new Set(batch.merges.map((merge) => merge.into))],
    times: batch.passing.map((item) => item.at.getTime()),
    engagementIds: [
      ...batch.edited.map((edit) => edit.stored.id),
      ...batch.deleted.map((stored) => stored.id),
      ...batch.changed.engagementIds,
    ],
  })
}

export interface TouchedThreads {
  readonly workspaceId: string
  readonly threadIds: readonly string[]
  readonly settings: Pick<BatchSettings, 'timeZone' | 'hours'>
  readonly now: Date
  /** Only these engagements are new or changed. Left out: any of the threads' may be. */
  readonly engagementIds?: readonly string[]
}

/**
 * The same for a change outside the loop, within its transaction: an answer from the desk (name its engagement), a
 * corrected reading, a hand-over, persons merged or parted.
 */
export async function refreshTurnsOfThreads(db: Db, touched: TouchedThreads): Promise<void> {
  const { engagementIds } = touched
  const wholeThreadIds = engagementIds === undefined ? touched.threadIds : []
  const nothingNew = { newThreads: new Map(), newCases: new Map(), times: [] }
  await refresh(db, { ...touched, ...nothingNew, engagementIds: engagementIds ?? [], wholeThreadIds })
}

interface Work extends Required<TouchedThreads> {
  readonly wholeThreadIds: readonly string[]
  /** Threads of which nothing was stored before, with all their words; their turns are new as well. */
  readonly newThreads: ReadonlyMap<string, readonly ThreadWords[]>
  readonly newCases: ReadonlyMap<string, TurnCase>
  /** When the engagements were published that are new, in milliseconds. */
  readonly times: readonly number[]
}

function newThreads({ passing, storedThreadIds }: Batch): ReadonlyMap<string, readonly ThreadWords[]> {
  const fresh = passing.filter((item) => !storedThreadIds.has(item.threadId))
  const threads = Map.groupBy(fresh, (item) => item.threadId)
  return new Map([...threads].map(([threadId, items]) => [threadId, items.map(toWords)]))
}

const wordless = new Set(['Like', 'Announce', 'Follow'])

/** As `wordsOfThreads` would read it once it is stored. */
function toWords(item: Passing): ThreadWords {
  const { input, reading } = item
  return {
    id: item.id,
    parentId: item.parentId,
    hasParentName: input.parentExternalId !== undefined,
    authorKey: item.personId ?? item.identityId ?? item.id,
    direction: input.direction,
    isAutomatic: input.automatic || wordless.has(input.type),
    isDeleted: false,
    at: item.at.getTime(),
    sentiment: reading === null || reading.abstain ? null : reading.sentiment,
    labels: reading?.labels ?? [],
    personId: item.personId,
    presenceId: item.presenceId,
    channel: item.channel,
    caseId: item.caseId,
  }
}

async function refresh(db: Db, work: Work): Promise<void> {
  const { workspaceId, threadIds } = work
  const [storedWords, storedCases, turns] = await together([
    wordsOfThreads(db, workspaceId, threadIds),
    casesOfThreads(db, workspaceId, threadIds),
    turnsOfThreads(db, workspaceId, threadIds),
  ])
  const words = new Map([...storedWords, ...work.newThreads])
  const cases = new Map([...work.newCases, ...storedCases])
  const dueOf = dueBy(work)
  const found = [...words].flatMap(([threadId, said]) => planTurns(threadId, said, { cases, dueOf }))
  const { changed, gone, starts } = changesOfTurns(turns, found)
  await dropTurns(db, workspaceId, gone)
  await saveTurns(db, workspaceId, changed)
  const { engagementIds, wholeThreadIds } = work
  const times = [...new Set([...starts, ...work.times])]
  if (times.length + engagementIds.length + wholeThreadIds.length === 0) return
  await markDays(db, workspaceId, { starts: times, engagementIds, threadIds: wholeThreadIds, mark: newId() })
  await askForRollUp(db, workspaceId, work.now)
}

async function askForRollUp(db: Db, workspaceId: string, now: Date): Promise<void> {
  const runAt = new Date(now.getTime() + rollUpDelayMs)
  await askFor(db, rollUpJob, { workspaceId }, { ...rollUpName(workspaceId), runAt })
}

const yearMs = 366 * 86_400_000

function dueBy({ settings, now }: Work): DueOf {
  const { timeZone, hours } = settings
  const schedule = { timeZone, weekly: hours.weekly, holidays: hours.holidays }
  const calendar = knownCalendar(schedule, now.getTime() - yearMs, now.getTime() + yearMs)
  return (start, minutes, counted) => dueTime(start, minutes, { hours: counted, calendar })
}
