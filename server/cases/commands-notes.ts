import type { z } from 'zod'
import type { CaseDetail, cases, Note } from '../../contract/cases.ts'
import { inScope, type Scope } from '../platform/db/scope.ts'
import { tell } from '../platform/events/tell.ts'
import { newId } from '../platform/ids.ts'
import type { Platform } from '../platform/platform.ts'
import { refused } from '../platform/refused.ts'
import { memberById, record } from '../workspace/index.ts'
import { notify } from './commands-notify.ts'
import { caseState } from './store.ts'
import { addNote, dropViewer, lockWholeCase, markRead, putViewer } from './store-changes.ts'
import { setRead, setUnread } from './store-reads.ts'
import { viewersOf } from './views.ts'

type NoteInput = z.infer<(typeof cases.addNote)['~orpc']['inputSchema'] & z.ZodType>

export async function writeNote(platform: Platform, scope: Scope, input: NoteInput): Promise<Note> {
  const { workspaceId, actor } = scope
  if (actor.kind !== 'member' || actor.id === null) throw refused('FORBIDDEN')
  const memberId = actor.id
  return inScope(platform.database, scope, async (db) => {
    const before = await lockWholeCase(db, workspaceId, input.id)
    if (before === null) throw refused('NOT_FOUND')
    const mentions = [...new Set(input.mentions)]
    for (const id of mentions)
      if ((await memberById(db, workspaceId, id)) === null) throw refused('NOT_FOUND')
    const at = new Date(platform.clock.now())
    const note = { id: newId(), caseId: input.id, at, memberId, name: actor.name, text: input.text, mentions }
    await addNote(db, workspaceId, note)
    const text = `${actor.name} mentioned you in case #${before.number}`
    const others = mentions.filter((id) => id !== memberId)
    await notify(db, workspaceId, others, { kind: 'mention', caseId: input.id, text, at })
    await tell(db, workspaceId, { topic: 'case.changed', caseIds: [input.id], personIds: [before.personId] })
    await record(db, scope, {
      action: 'case.note',
      subject: { type: 'case', id: input.id },
      after: { note: note.id },
    })
    return { id: note.id, at: at.toISOString(), by: actor.name, text: input.text, mentions }
  })
}

const viewingMs = 30_000

/** Says who looks at a case; it holds for half a minute and is said again while the page is open. */
export async function sayViewing(
  platform: Platform,
  scope: Scope,
  input: { readonly id: string; readonly isAnswering: boolean; readonly isLeaving: boolean },
): Promise<{ viewers: CaseDetail['viewers'] }> {
  const { workspaceId, actor } = scope
  const now = new Date(platform.clock.now())
  return inScope(platform.database, scope, async (db) => {
    if ((await caseState(db, workspaceId, input.id)) === null) throw refused('NOT_FOUND')
    const memberId = actor.kind === 'member' ? actor.id : null
    if (memberId === null) return { viewers: await viewersOf(db, workspaceId, input.id, { memberId, now }) }
    const until = new Date(now.getTime() + viewingMs)
    const viewer = { caseId: input.id, memberId, name: actor.name, isAnswering: input.isAnswering, until }
    const isNews = input.isLeaving
      ? await dropViewer(db, workspaceId, viewer)
      : await putViewer(db, workspaceId, viewer, now)
    if (isNews) await tell(db, workspaceId, { topic: 'case.viewed', caseId: input.id })
    return { viewers: await viewersOf(db, workspaceId, input.id, { memberId, now }) }
  })
}

export async function readNotifications(
  platform: Platform,
  scope: Scope,
  ids: readonly string[] | undefined,
): Promise<{ done: true }> {
  const memberId = scope.actor.kind === 'member' ? scope.actor.id : null
  if (memberId !== null) {
    const now = new Date(platform.clock.now())
    await inScope(platform.database, scope, (db) => markRead(db, scope.workspaceId, { memberId, ids, now }))
  }
  return { done: true }
}

/** Says what a member has read; their other windows hear of it. A key reads nothing for anybody. */
export async function markCasesRead(
  platform: Platform,
  scope: Scope,
  input: { readonly ids: readonly string[]; readonly isRead: boolean; readonly until?: string | undefined },
): Promise<{ done: true }> {
  const { workspaceId, actor } = scope
  const memberId = actor.kind === 'member' ? actor.id : null
  if (memberId === null) return { done: true }
  const now = new Date(platform.clock.now())
  const until = input.until === undefined ? now : new Date(input.until)
  await inScope(platform.database, scope, async (db) => {
    const caseIds = [...new Set(input.ids)]
    if (input.isRead) await setRead(db, workspaceId, { memberId, caseIds, until: until < now ? until : now })
    else await setUnread(db, workspaceId, { memberId, caseIds, now })
    await tell(db, workspaceId, { topic: 'case.read', memberId, caseIds })
  })
  return { done: true }
}
