import { z } from 'zod'
import type { people, Person } from '../../contract/people.ts'
import { followJob } from '../engagements/index.ts'
import { inScope, type Db, type Scope } from '../platform/db/scope.ts'
import { tell } from '../platform/events/tell.ts'
import { newId } from '../platform/ids.ts'
import { askFor } from '../platform/jobs/jobs.ts'
import type { Platform } from '../platform/platform.ts'
import { refused } from '../platform/refused.ts'
import { record } from '../workspace/index.ts'
import { mergedPerson, unmergedPerson, type PersonState } from './plan-merge.ts'
import {
  addMerge,
  hasLaterMerge,
  lockMerge,
  lockPersons,
  moveAll,
  moveBack,
  neverLink,
  retractLinks,
  saidSince,
  setMergedInto,
  setPerson,
  setUndone,
} from './store-merges.ts'
import { addLinks } from './store.ts'
import { personById } from './views.ts'

const ids = z.array(z.uuid())
const State = z.object({
  id: z.uuid(),
  name: z.string(),
  lifecycle: z.string(),
  preferredChannel: z.string().nullable(),
  memory: z.string(),
  memberships: z.array(z.string()),
  firstSeenAt: z.coerce.date(),
  lastSeenAt: z.coerce.date(),
  inbound: z.number(),
  lastSentiment: z.string().nullable(),
})
const Undo = z.object({
  moved: z.object({ identities: ids, engagements: ids, cases: ids, turns: ids, surveys: ids }),
  before: State,
  merged: State,
})

/** Makes two persons one: `other` moves into the kept one, with a way back. */
export async function mergePersons(
  platform: Platform,
  scope: Scope,
  input: { readonly id: string; readonly other: string; readonly why: string },
): Promise<{ mergeId: string }> {
  const { workspaceId, actor } = scope
  if (input.id === input.other) throw refused('INVALID', 'same-person', 'This is the same person already.')
  return inScope(platform.database, scope, async (db) => {
    const locked = await lockPersons(db, workspaceId, [input.id, input.other])
    const kept = locked.find((person) => person.id === input.id)
    const other = locked.find((person) => person.id === input.other)
    if (kept === undefined || other === undefined || actor.id === null) throw refused('NOT_FOUND')
    const at = new Date(platform.clock.now())
    const merged = mergedPerson(kept, other)
    const moved = await moveAll(db, workspaceId, other.id, kept.id)
    await setPerson(db, workspaceId, merged)
    await setMergedInto(db, workspaceId, other.id, kept.id)
    const by = { byMember: actor.id, byName: actor.name }
    const link = { personId: kept.id, rule: 'merged-by-member', detail: input.why, at, ...by }
    await addLinks(
      db,
      workspaceId,
      moved.identities.map((identityId) => ({ id: newId(), identityId, ...link })),
    )
    const undo = { moved, before: kept, merged }
    const merge = {
      id: newId(),
      keptId: kept.id,
      mergedId: other.id,
      mergedName: other.name,
      why: input.why,
      at,
    }
    await addMerge(db, workspaceId, { ...merge, moved: undo, ...by })
    await askFor(db, followJob, { workspaceId, engagementIds: moved.engagements })
    await tell(db, workspaceId, { topic: 'person.changed', personIds: [kept.id, other.id] })
    const subject = { type: 'person', id: kept.id }
    await record(db, scope, { action: 'person.merged', subject, after: { merged: other.id, why: input.why } })
    return { mergeId: merge.id }
  })
}

/** Undoes a merge: both persons stand as before, and no rule links them again. */
export async function undoMerge(platform: Platform, scope: Scope, mergeId: string): Promise<{ done: true }> {
  const { workspaceId } = scope
  return inScope(platform.database, scope, async (db) => {
    const merge = await lockMerge(db, workspaceId, mergeId)
    if (merge === null) throw refused('NOT_FOUND')
    if (merge.undoneAt !== null) throw refused('CONFLICT', 'undone-already', 'This merge was undone already.')
    if (await hasLaterMerge(db, workspaceId, merge)) {
      throw refused('CONFLICT', 'later-merge', 'Another merge stands on this one; undo that first.')
    }
    const undo = Undo.parse(merge.moved)
    const at = new Date(platform.clock.now())
    const engagementIds = await moveBack(db, workspaceId, undo.moved, {
      from: merge.keptId,
      into: merge.mergedId,
    })
    await setMergedInto(db, workspaceId, merge.mergedId, null)
    const [kept] = await lockPersons(db, workspaceId, [merge.keptId])
    if (kept === undefined) throw refused('NOT_FOUND')
    const since = await saidSince(db, workspaceId, merge.keptId, merge.at)
    await setPerson(db, workspaceId, unmergedPerson(undo.before, undo.merged, kept, since))
    await countBack(db, workspaceId, merge.mergedId, merge.at)
    await retractLinks(db, workspaceId, { identityIds: undo.moved.identities, personId: merge.keptId, at })
    await neverLink(db, workspaceId, [merge.keptId, merge.mergedId], at)
    await setUndone(db, workspaceId, mergeId, at)
    await askFor(db, followJob, { workspaceId, engagementIds })
    await tell(db, workspaceId, { topic: 'person.changed', personIds: [merge.keptId, merge.mergedId] })
    const subject = { type: 'person', id: merge.keptId }
    await record(db, scope, { action: 'person.unmerged', subject, before: { merged: merge.mergedId } })
    return { done: true }
  })
}

/** Adds what the separated person said while merged. */
async function countBack(db: Db, workspaceId: string, personId: string, mergedAt: Date): Promise<void> {
  const [person] = await lockPersons(db, workspaceId, [personId])
  const since = await saidSince(db, workspaceId, personId, mergedAt)
  if (person === undefined || since.inbound === 0) return
  const lastSeenAt =
    since.lastAt !== null && since.lastAt > person.lastSeenAt ? since.lastAt : person.lastSeenAt
  await setPerson(db, workspaceId, { ...person, inbound: person.inbound + since.inbound, lastSeenAt })
}

type UpdateInput = z.infer<(typeof people.update)['~orpc']['inputSchema'] & z.ZodType>

export async function updatePerson(platform: Platform, scope: Scope, input: UpdateInput): Promise<Person> {
  const { workspaceId } = scope
  const { id, ...given } = input
  return inScope(platform.database, scope, async (db) => {
    const [before] = await lockPersons(db, workspaceId, [id])
    if (before === undefined) throw refused('NOT_FOUND')
    const changes = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
    const after: PersonState = { ...before, ...changes }
    await setPerson(db, workspaceId, after)
    await tell(db, workspaceId, { topic: 'person.changed', personIds: [id] })
    const known = Object.entries(before).filter(([key]) => key in changes)
    await record(db, scope, {
      action: 'person.changed',
      subject: { type: 'person', id },
      before: Object.fromEntries(known),
      after: changes,
    })
    const person = await personById(db, workspaceId, id)
    if (person === null) throw refused('NOT_FOUND')
    return person
  })
}
