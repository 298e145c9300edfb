import { isBusinessTime } from '../../lib/calendar/business-time.ts'
import { followJob } from '../engagements/index.ts'
import { workspacesWithWaitingCases } from '../platform/db/directory-work.ts'
import { inScope, systemScope, type Db, type Scope } from '../platform/db/scope.ts'
import { tell } from '../platform/events/tell.ts'
import { askFor } from '../platform/jobs/jobs.ts'
import type { Platform } from '../platform/platform.ts'
import { record, workspaceSettings, type WorkspaceSettings } from '../workspace/index.ts'
import { notify } from './commands-notify.ts'
import { refreshCases } from './commands-refresh.ts'
import { giveOut } from './give-out.ts'
import type { Colleague } from './pick-assignee.ts'
import { calendarFor } from './refresh-case.ts'
import {
  colleaguesOf,
  giveCases,
  lockAssigning,
  lockWanting,
  sayWhyNobody,
  type Assigning,
  type Given,
  type WantingCase,
} from './store-assign.ts'
import { lastHopAt } from './store-changes.ts'
import { addCaseEvents, addHops } from './store.ts'

type Parts = Pick<Platform, 'database' | 'clock'>

/** Gives cases that wait for somebody to members on duty; in every workspace where none is named. */
export async function assignWaiting(parts: Parts, workspaceId: string | undefined): Promise<void> {
  const ids = workspaceId === undefined ? await workspacesWithWaitingCases(parts.database) : [workspaceId]
  for (const id of ids) {
    while ((await assignIn(parts, systemScope(id))) === atOnce);
  }
}

const atOnce = 100
const closed = 'outside business hours'

/** One round for each function that asks for it; answers with the most that one of them gave out. */
async function assignIn({ database, clock }: Parts, scope: Scope): Promise<number> {
  const { workspaceId } = scope
  const now = new Date(clock.now())
  return inScope(database, scope, async (db) => {
    const functions = await lockAssigning(db, workspaceId)
    if (functions.length === 0) return 0
    const settings = await workspaceSettings(db, workspaceId)
    const round = { db, scope, settings, now }
    if (!isBusinessTime(calendarFor([], settings, now), now.getTime())) {
      for (const one of functions) await sayNobody(round, one, closed)
      return 0
    }
    return giveRound(round, functions)
  })
}

interface Round {
  readonly db: Db
  readonly scope: Scope
  readonly settings: WorkspaceSettings
  readonly now: Date
}

async function giveRound(round: Round, functions: readonly Assigning[]): Promise<number> {
  const { db, scope, now } = round
  let colleagues: readonly Colleague[] = await colleaguesOf(db, scope.workspaceId, now)
  let most = 0
  const all: { readonly one: WantingCase; readonly given: Given }[] = []
  for (const { key, title, mostOpen } of functions) {
    const asked = { functionKey: key, now, limit: atOnce }
    const waiting = await lockWanting(db, scope.workspaceId, asked)
    const terms = { function: key, title, mostOpenCases: mostOpen, now: now.getTime() }
    const { given, whyNobody, ...after } = giveOut(waiting, colleagues, terms)
    ;({ colleagues } = after)
    most = Math.max(most, given.length)
    for (const each of given) {
      const one = waiting.find(({ id }) => id === each.caseId)
      if (one !== undefined) all.push({ one, given: each })
    }
    if (given.length > 0) await giveCases(db, scope.workspaceId, given, now)
    if (whyNobody !== null) await sayNobody(round, { key }, whyNobody)
  }
  await sayGiven(round, all)
  return most
}

async function sayNobody(
  { db, scope, now, settings }: Round,
  { key }: Pick<Assigning, 'key'>,
  reason: string,
): Promise<void> {
  const { workspaceId } = scope
  const found = await sayWhyNobody(db, workspaceId, { functionKey: key, reason })
  if (found.length === 0) return
  const caseIds = found.map(({ id }) => id)
  await refreshCases(db, workspaceId, caseIds, { settings, now })
  await tell(db, workspaceId, {
    topic: 'case.changed',
    caseIds,
    personIds: found.map(({ personId }) => personId),
  })
}

/** Events, hops, notices and the audit trail of all that was given; the trail last, for it is held to the end. */
async function sayGiven(
  { db, scope, settings, now }: Round,
  all: readonly { readonly one: WantingCase; readonly given: Given }[],
): Promise<void> {
  if (all.length === 0) return
  const { workspaceId, actor } = scope
  const caseIds = all.map(({ one }) => one.id)
  for (const { one, given } of all) {
    const { memberId, reason } = given
    const detail = { from: null, to: memberId, reason }
    const by = { byMember: null, byName: actor.name }
    await addCaseEvents(db, workspaceId, [{ caseId: one.id, at: now, type: 'assigned', detail, ...by }])
    await addHops(db, workspaceId, [await hopOf(db, scope, { one, given, now })])
    const text = `Case #${one.number} is yours: ${reason}`
    await notify(db, workspaceId, [memberId], { kind: 'assigned', caseId: one.id, text, at: now })
  }
  await refreshCases(db, workspaceId, caseIds, { settings, now })
  await askFor(db, followJob, { workspaceId, caseIds })
  const personIds = all.map(({ one }) => one.personId)
  await tell(db, workspaceId, { topic: 'case.changed', caseIds, personIds })
  for (const { one, given } of all) {
    await record(db, scope, {
      action: 'case.assigned',
      subject: { type: 'case', id: one.id },
      before: { assignee_id: null },
      after: { assignee_id: given.memberId, reason: given.reason },
    })
  }
}

async function hopOf(
  db: Db,
  { workspaceId, actor }: Scope,
  { one, given, now }: { readonly one: WantingCase; readonly given: Given; readonly now: Date },
) {
  const since = (await lastHopAt(db, workspaceId, one.id)) ?? one.openedAt
  return {
    caseId: one.id,
    at: now,
    fromFunction: one.functionKey,
    toFunction: one.functionKey,
    fromMember: null,
    toMember: given.memberId,
    byName: actor.name,
    reason: given.reason,
    waitedSeconds: Math.max(0, (now.getTime() - since.getTime()) / 1000),
  }
}
