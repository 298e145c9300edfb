import type { Batch, BatchSettings } from '../engagements/index.ts'
import type { Db } from '../platform/db/scope.ts'
import { readClocks, type CaseClocks } from './case-clocks.ts'
import { calendarFor, countingWords, eventsOf, refresh } from './refresh-case.ts'
import { setRefreshed, statusEventsOf, wordsOfCases } from './store-refresh.ts'
import { lockCases, type CaseState } from './store.ts'

/** As of when, and by which hours, clocks are read. */
export interface Standing {
  readonly settings: BatchSettings
  readonly now: Date
}

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
