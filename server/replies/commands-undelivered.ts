// Words that members believe to be said, and that did not arrive: the case is owed an answer again, and who sent it
// hears of it. Whether it was refused at once or came back a day later is the same to the person who waits.
import { addCaseEvents, lockCases, nextStatus, notify, refreshCases, setStates } from '../cases/index.ts'
import type { Db } from '../platform/db/scope.ts'
import { tell } from '../platform/events/tell.ts'
import { workspaceSettings } from '../workspace/index.ts'
import { undeliveredFacts } from './views-undelivered.ts'

export interface Undelivered {
  readonly engagementId: string
  /** A sentence; may be empty. */
  readonly reason: string
  readonly at: Date
}

export async function followUndelivered(
  db: Db,
  workspaceId: string,
  undelivered: Undelivered,
): Promise<void> {
  const { engagementId, reason, at } = undelivered
  const facts = await undeliveredFacts(db, workspaceId, engagementId)
  if (facts === null) return
  const { caseId, connectionId } = facts
  if (caseId !== null) await reopen(db, workspaceId, { caseId, at })
  const about = caseId === null ? connectionId : caseId
  const memberIds = [...new Set([facts.assigneeId, facts.writerId].filter((id) => id !== null))]
  if (about === null || memberIds.length === 0) return
  const text = `${facts.purpose === 'post' ? 'A post' : `The answer to ${facts.personName}`} did not arrive. ${reason}`
  const where = caseId === null ? { connectionId: about } : { caseId: about }
  await notify(db, workspaceId, memberIds, {
    kind: 'undelivered',
    ...where,
    text: text.trim().slice(0, 500),
    at,
  })
}

async function reopen(
  db: Db,
  workspaceId: string,
  { caseId, at }: { readonly caseId: string; readonly at: Date },
): Promise<void> {
  const [state] = await lockCases(db, workspaceId, [caseId])
  if (state === undefined) return
  const change = nextStatus(state.status, { what: 'undelivered' })
  if (change.ok && change.hasChanged) {
    const { status, reason } = change
    await setStates(db, workspaceId, [{ id: caseId, status, resolvedAt: null, priority: state.priority }])
    const detail = { to: status, reason }
    await addCaseEvents(db, workspaceId, [
      { caseId, at, type: 'status', detail, byMember: null, byName: null },
    ])
  }
  await refreshAnswered(db, workspaceId, caseId, at)
  await tell(db, workspaceId, { topic: 'case.changed', caseIds: [caseId], personIds: [] })
}

/** Whether a case waits for an answer depends on whether the answers in it arrive. */
export async function refreshAnswered(
  db: Db,
  workspaceId: string,
  caseId: string | null,
  now: Date,
): Promise<void> {
  if (caseId === null) return
  const settings = await workspaceSettings(db, workspaceId)
  await refreshCases(db, workspaceId, [caseId], { settings, now })
}
