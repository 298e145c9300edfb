import type { AcceptedItem, EngagementInput } from '../../contract/engagement.ts'
import { inScope, type Db, type Scope } from '../platform/db/scope.ts'
import { newId } from '../platform/ids.ts'
import { askFor } from '../platform/jobs/jobs.ts'
import type { Platform } from '../platform/platform.ts'
import { activityKey } from './activity-key.ts'
import { digestJob } from './digest-job.ts'
import { storableText } from '../platform/db/storable-json.ts'
import { addArrivals, findArrivals, queueArrivals, type NewArrival, type Via } from './store.ts'

/** How an engagement came in, and for whom. */
export interface Origin {
  readonly via: Via
  /** Arrivals of an import wait until the whole file was read, so that parents come before their answers. */
  readonly importId?: string
  /** The member who wrote it here. */
  readonly memberId?: string
}

type Settled = (results: readonly AcceptedItem[]) => void
interface Waiting {
  readonly scope: Scope
  readonly origin: Origin
  readonly inputs: readonly EngagementInput[]
  readonly resolve: Settled
  readonly reject: (error: unknown) => void
}

/** The only door by which engagements come in. Resolves after the commit that holds them. */
export interface Ingest {
  accept(scope: Scope, inputs: readonly EngagementInput[], origin: Origin): Promise<readonly AcceptedItem[]>
}

const lingerMs = 4
const maxTogether = 2_000

/**
 * Requests that arrive within a few milliseconds share one commit: an fsync each would allow some hundreds a second,
 * shared ones allow thousands.
 */
export function createIngest(platform: Pick<Platform, 'database' | 'clock'>): Ingest {
  const lines = new Map<string, Waiting[]>()
  const running = new Set<string>()

  async function drain(key: string): Promise<void> {
    if (running.has(key)) return
    running.add(key)
    try {
      await new Promise((resolve) => setTimeout(resolve, lingerMs))
      for (let group = takeGroup(lines, key); group.length > 0; group = takeGroup(lines, key)) {
        await commitGroup(platform, group)
      }
    } finally {
      running.delete(key)
      if (lines.has(key)) void drain(key)
    }
  }

  return {
    accept: (scope, inputs, origin) =>
      new Promise((resolve, reject) => {
        const key = `${scope.workspaceId} ${origin.via} ${origin.importId ?? ''} ${origin.memberId ?? ''}`
        const line = lines.get(key) ?? []
        lines.set(key, line)
        line.push({ scope, origin, inputs, resolve, reject })
        void drain(key)
      }),
  }
}

function takeGroup(lines: Map<string, Waiting[]>, key: string): readonly Waiting[] {
  const line = lines.get(key) ?? []
  let size = 0
  let count = 0
  while (count < line.length && (count === 0 || size + (line[count]?.inputs.length ?? 0) <= maxTogether)) {
    size += line[count]?.inputs.length ?? 0
    count += 1
  }
  const group = line.splice(0, count)
  if (line.length === 0) lines.delete(key)
  return group
}

async function commitGroup(
  platform: Pick<Platform, 'database' | 'clock'>,
  group: readonly Waiting[],
): Promise<void> {
  const first = group[0]
  if (first === undefined) return
  try {
    const inputs = group.flatMap((waiting) => waiting.inputs)
    const results = await commit(platform, first.scope, inputs, first.origin)
    let start = 0
    for (const waiting of group) {
      waiting.resolve(results.slice(start, start + waiting.inputs.length))
      start += waiting.inputs.length
    }
  } catch (error) {
    for (const waiting of group) waiting.reject(error)
  }
}

async function commit(
  platform: Pick<Platform, 'database' | 'clock'>,
  scope: Scope,
  inputs: readonly EngagementInput[],
  origin: Origin,
): Promise<readonly AcceptedItem[]> {
  const now = new Date(platform.clock.now())
  return inScope(platform.database, scope, (db) =>
    acceptWithin(db, scope.workspaceId, inputs, { ...origin, now }),
  )
}

/** The same within a transaction of the caller: what it says of its own progress commits with the engagements. */
export async function acceptWithin(
  db: Db,
  workspaceId: string,
  inputs: readonly EngagementInput[],
  origin: Origin & { readonly now: Date },
): Promise<readonly AcceptedItem[]> {
  const arrivals = inputs.map((input) => toArrival(input, origin, origin.now))
  const isNew = new Set(await addArrivals(db, workspaceId, arrivals))
  const fresh = arrivals.filter((arrival) => isNew.has(arrival.id))
  if (origin.importId === undefined && fresh.length > 0) {
    await queueArrivals(db, workspaceId, fresh)
    await askFor(db, digestJob, { workspaceId }, queueOf(workspaceId))
  }
  const others = arrivals.filter((arrival) => !isNew.has(arrival.id))
  const known = await findArrivals(db, workspaceId, others)
  return arrivals.map((arrival): AcceptedItem => {
    if (isNew.has(arrival.id)) return { result: 'accepted', id: arrival.id }
    return { result: 'duplicate', id: known.get(`${arrival.source} ${arrival.activityKey}`) ?? arrival.id }
  })
}

/** Digests of one workspace run one after another: that is what keeps the order in a thread. */
export function queueOf(workspaceId: string): { readonly queue: string; readonly key: string } {
  return { queue: `digest:${workspaceId}`, key: `digest:${workspaceId}` }
}

function toArrival(input: EngagementInput, origin: Origin, now: Date): NewArrival {
  return {
    id: newId(),
    source: input.source,
    activityKey: storableText(activityKey(input)),
    via: origin.via,
    importId: origin.importId ?? null,
    memberId: origin.memberId ?? null,
    receivedAt: now,
    publishedAt: new Date(input.updatedAt ?? input.publishedAt),
    body: input,
  }
}
