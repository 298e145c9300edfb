import type { CaseDetail, Clock } from '../../contract/cases.ts'
import type { BatchSettings } from '../engagements/index.ts'
import type { Db } from '../platform/db/scope.ts'
import type { CaseClocks, ClockReading } from './case-clocks.ts'
import { clocksOf } from './commands-refresh.ts'
import { caseState } from './store.ts'
import { readUntilOf } from './store-reads.ts'
import {
  assignReasonOf,
  canSend,
  decisionsOf,
  draftOf,
  eventsOf,
  hopsOf,
  notesOf,
  surveyOf,
} from './views-detail.ts'
import type { Looker } from './views-filter.ts'
import { caseRow, viewersOf } from './views.ts'

/** Everything that stands beside a thread: clocks, hops, notes, decisions, who else is here. */
export async function caseDetail(
  db: Db,
  workspaceId: string,
  id: string,
  looker: Looker & { readonly settings: BatchSettings; readonly hasMail: boolean },
): Promise<CaseDetail | null> {
  const row = await caseRow(db, workspaceId, id, looker.memberId)
  const state = await caseState(db, workspaceId, id)
  if (row === null || state === null) return null
  const clocks = await clocksOf(db, workspaceId, state, looker)
  return {
    ...row,
    version: state.version,
    openedAt: state.openedAt.toISOString(),
    resolvedAt: state.resolvedAt?.toISOString() ?? null,
    readUntil: (await readUntilOf(db, workspaceId, looker.memberId, id))?.toISOString() ?? null,
    assignReason: await assignReasonOf(db, workspaceId, id),
    clocks: toClocks(clocks),
    hops: await hopsOf(db, workspaceId, id),
    notes: await notesOf(db, workspaceId, id),
    events: await eventsOf(db, workspaceId, id),
    decisions: await decisionsOf(db, workspaceId, id),
    viewers: await viewersOf(db, workspaceId, id, looker),
    draft: await draftOf(db, workspaceId, id, looker.memberId),
    canSend: await canSend(db, workspaceId, id, looker.hasMail),
    survey: await surveyOf(db, workspaceId, id),
  }
}

function toClocks(clocks: CaseClocks): Clock[] {
  const readings: readonly (readonly [Clock['kind'], ClockReading | null])[] = [
    ['first-answer', clocks.firstAnswer],
    ['next-answer', clocks.nextAnswer],
    ['resolution', clocks.resolution],
  ]
  return readings.flatMap(([kind, clock]) => {
    if (clock === null) return []
    return [
      { kind, dueAt: clock.dueAt === null ? null : new Date(clock.dueAt).toISOString(), state: clock.state },
    ]
  })
}
