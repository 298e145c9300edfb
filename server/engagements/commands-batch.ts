import type { EngagementInput } from '../../contract/engagement.ts'
import type { Db } from '../platform/db/scope.ts'
import type { Batch, BatchSettings, Edited, Passing, Stored, ThreadMerge } from './batch.ts'
import { placeInThreads, type Places, type ToPlace } from './place-in-thread.ts'
import { emptyLate, takeGone } from './commands-gone.ts'
import { resolvePresences } from './commands-presences.ts'
import { addWaitingChanges, takeWaitingChanges } from './store-changes.ts'
import { joinMetThreads } from './store-names.ts'
import {
  addThreadNames,
  adopt,
  findByExternal,
  findOrphans,
  findParticipants,
  findThreadNames,
  mergeThreads,
  type KnownEngagement,
} from './store-threads.ts'
import type { Name } from './store-erase.ts'
import type { QueuedArrival } from './store-queue.ts'

interface BatchParts {
  readonly db: Db
  readonly workspaceId: string
  readonly now: Date
  readonly settings: BatchSettings
  readonly arrivals: readonly QueuedArrival[]
}

interface Change {
  readonly arrivalId: string
  readonly input: EngagementInput
}

/** History is what happened longer ago than this when an import or a backfill brings it. */
const historyMs = 24 * 3_600_000
const bringsHistory = new Set(['sample', 'backfill'])

/** Sorts arrivals into new engagements and changes of known ones, and places the new ones in their threads. */
export async function makeBatch(parts: BatchParts): Promise<Batch> {
  const { db, workspaceId, arrivals } = parts
  const news = arrivals.filter((arrival) => !isChange(arrival.input))
  const passing = news.map((arrival) => toPassing(arrival, parts.now))
  const late = await emptyLate(db, workspaceId, passing)
  const met = await joinMetThreads(db, workspaceId)
  const placed = await place(db, workspaceId, passing)
  const merges = [...met, ...placed.merges]
  const { presenceOf } = placed
  await resolvePresences(db, workspaceId, passing, { now: parts.now, presenceOf })
  const waited = await takeWaitingChanges(
    db,
    workspaceId,
    passing.map((item) => item.input),
  )
  const given = arrivals.filter((arrival) => isChange(arrival.input))
  const changes: Change[] = [
    ...given.map((arrival) => ({ arrivalId: arrival.id, input: arrival.input })),
    ...waited,
  ]
  const left = await takeGone(db, workspaceId)
  const targets = await findTargets(db, workspaceId, passing, changes)
  const { edited, deleted: unsaid, lost } = sortChanges(changes, targets)
  const gone = [...late, ...(left?.words ?? [])]
  const deleted = [...unsaid, ...gone]
  await addWaitingChanges(db, workspaceId, lost)
  const changedThreadIds = [...edited.map((edit) => edit.stored.threadId), ...deleted.map((d) => d.threadId)]
  const touched = [...passing.map((item) => item.threadId), ...merges.map((merge) => merge.into)]
  const threadIds = new Set([...touched, ...changedThreadIds])
  // A new thread bears the id of one of its engagements, a stored one keeps its own.
  const newIds = new Set(passing.map((item) => item.id))
  const storedThreadIds = new Set([...[...threadIds].filter((id) => !newIds.has(id)), ...changedThreadIds])
  return {
    db,
    workspaceId,
    now: parts.now,
    settings: parts.settings,
    passing,
    edited,
    deleted,
    nameless: new Set(gone.map(({ id }) => id)),
    gone: left === null ? [] : [left.author],
    unsaid: changes.flatMap(({ input }) => (input.type === 'Delete' ? [nameOf(input)] : [])),
    merges,
    threadIds,
    storedThreadIds,
    openedCases: new Map(),
    changed: { caseIds: new Set(), personIds: new Set(), engagementIds: new Set() },
  }
}

function nameOf({ source, externalId }: EngagementInput): Name {
  return { source, externalId }
}

function isChange(input: EngagementInput): boolean {
  return input.type === 'Update' || input.type === 'Delete'
}

function toPassing(arrival: QueuedArrival, now: Date): Passing {
  const at = new Date(arrival.input.publishedAt)
  return {
    id: arrival.id,
    arrivalId: arrival.id,
    input: arrival.input,
    channel: arrival.input.channel ?? arrival.input.source,
    at,
    receivedAt: arrival.receivedAt,
    importId: arrival.importId,
    memberId: arrival.memberId,
    isHistorical:
      (arrival.importId !== null || bringsHistory.has(arrival.via)) &&
      now.getTime() - at.getTime() > historyMs,
    threadId: arrival.id,
    parentId: null,
    presenceId: null,
    identityId: null,
    personId: null,
    isNewPerson: false,
    reading: null,
    decision: null,
    caseId: null,
  }
}

async function place(
  db: Db,
  workspaceId: string,
  passing: readonly Passing[],
): Promise<{ readonly merges: readonly ThreadMerge[]; readonly presenceOf: Map<string, string | null> }> {
  const parentNames = passing.flatMap(({ input }) =>
    namesAbove(input).map((externalId) => ({ source: input.source, externalId })),
  )
  const named = passing.flatMap(({ input }) =>
    input.threadExternalId === undefined
      ? []
      : [{ source: input.source, externalId: input.threadExternalId }],
  )
  const parents = await findByExternal(db, workspaceId, parentNames)
  const toPlaces = passing.map(toPlace)
  const threadIds = [...new Set([...parents.values()].map(({ threadId }) => threadId))]
  const speakers = [...new Set(toPlaces.flatMap(({ speaker }) => speaker ?? []))]
  const places = placeInThreads(toPlaces, {
    parents,
    takesPart: await findParticipants(db, workspaceId, threadIds, speakers),
    orphans: await findOrphans(
      db,
      workspaceId,
      passing.map((item) => item.input),
    ),
    names: await findThreadNames(db, workspaceId, named),
  })
  for (const item of passing) {
    item.threadId = places.threadOf.get(item.id) ?? item.id
    item.parentId = places.parentOf.get(item.id) ?? null
  }
  await mergeThreads(db, workspaceId, places.merges)
  await addThreadNames(db, workspaceId, namesOf(places, passing))
  // The parents are not stored yet; the rows only point at their ids.
  await adopt(db, workspaceId, places.adoptions)
  const presenceOf = new Map([...parents.values()].map(({ id, presenceId }) => [id, presenceId]))
  return { merges: places.merges, presenceOf }
}

/** The parent and what stands above it, nearest first. */
function namesAbove({ parentExternalId, ancestorExternalIds = [] }: EngagementInput): readonly string[] {
  return parentExternalId === undefined ? ancestorExternalIds : [parentExternalId, ...ancestorExternalIds]
}

function toPlace({ id, input }: Passing): ToPlace {
  const keyOf = (externalId: string): string => `${input.source} ${externalId}`
  return {
    id,
    key: keyOf(input.externalId),
    parentKey: input.parentExternalId === undefined ? null : keyOf(input.parentExternalId),
    threadName: input.threadExternalId === undefined ? null : keyOf(input.threadExternalId),
    ...(input.ancestorExternalIds === undefined
      ? {}
      : { ancestorKeys: input.ancestorExternalIds.map(keyOf) }),
    ...(input.closedCircle === true ? circleOf(input) : {}),
  }
}

/** Ours may join whatever they name; who comes from outside must have had part in it. */
function circleOf({
  author,
  mentions,
  direction,
}: EngagementInput): Pick<ToPlace, 'speaker' | 'participants'> {
  const speaker = (author.handle ?? author.externalId).toLowerCase()
  const participants = new Set([speaker, ...mentions.map((mention) => mention.toLowerCase())])
  return direction === 'in' ? { speaker, participants } : { participants }
}

function namesOf(places: Places, passing: readonly Passing[]) {
  const inputs = new Map(
    passing.map(({ input }) => [`${input.source} ${input.threadExternalId ?? ''}`, input]),
  )
  return places.newNames.flatMap(({ name, threadId }) => {
    const input = inputs.get(name)
    if (input?.threadExternalId === undefined) return []
    return [{ source: input.source, externalId: input.threadExternalId, threadId }]
  })
}

/** What changes name: stored engagements, and new ones of this very batch. */
async function findTargets(
  db: Db,
  workspaceId: string,
  passing: readonly Passing[],
  changes: readonly Change[],
): Promise<ReadonlyMap<string, KnownEngagement | Passing>> {
  const stored = await findByExternal(
    db,
    workspaceId,
    changes.map((change) => change.input),
  )
  const fresh = passing.map((item): [string, Passing] => [
    `${item.input.source} ${item.input.externalId}`,
    item,
  ])
  return new Map<string, KnownEngagement | Passing>([...stored, ...fresh])
}

function sortChanges(changes: readonly Change[], targets: ReadonlyMap<string, KnownEngagement | Passing>) {
  const edited: Edited[] = []
  const deleted: Stored[] = []
  const lost: { arrivalId: string; source: string; externalId: string }[] = []
  for (const { arrivalId, input } of changes) {
    const target = targets.get(`${input.source} ${input.externalId}`)
    if (target === undefined) {
      lost.push({ arrivalId, source: input.source, externalId: input.externalId })
    } else if (input.type === 'Delete') {
      deleted.push(target)
    } else {
      const at = new Date(input.updatedAt ?? input.publishedAt)
      edited.push({ stored: target, text: input.text, at, reading: null })
    }
  }
  return { edited, deleted, lost }
}
