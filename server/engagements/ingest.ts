import type { AcceptedItem, EngagementInput } from '../../contract/engagement.ts'
import { commitTogether } from '../platform/db/commit-together.ts'
import { inScope, inStatement, type Db, type Scope } from '../platform/db/scope.ts'
import { newId } from '../platform/ids.ts'
import { askOf, type Ask } from '../platform/jobs/jobs.ts'
import type { Platform } from '../platform/platform.ts'
import { activityKey } from './activity-key.ts'
import { digestJob } from './digest-job.ts'
import { storableText } from '../platform/db/storable-json.ts'
import { addArrivals, findArrivals, type NewArrival, type Via } from './store.ts'

/** How an engagement came in, and for whom. */
export interface Origin {
  readonly via: Via
  /** Arrivals of an import wait until the whole file was read, so that parents come before their answers. */
  readonly importId?: string
  /** The member who wrote it here. */
  readonly memberId?: string
}

interface Handed {
  readonly scope: Scope
  readonly origin: Origin
  readonly inputs: readonly EngagementInput[]
}

/** The only door by which engagements come in. Resolves after the commit that holds them. */
export interface Ingest {
  accept(scope: Scope, inputs: readonly EngagementInput[], origin: Origin): Promise<readonly AcceptedItem[]>
}

const mostTogether = 2_000

export function createIngest(platform: Pick<Platform, 'database' | 'clock'>): Ingest {
  const together = commitTogether<Handed, readonly AcceptedItem[]>({
    commit: (handed) => commitAll(platform, handed),
    sizeOf: ({ inputs }) => inputs.length,
    mostTogether,
  })
  return {
    accept(scope, inputs, origin) {
      const key = `${scope.workspaceId} ${origin.via} ${origin.importId ?? ''} ${origin.memberId ?? ''}`
      return together.commit(key, { scope, origin, inputs })
    },
  }
}

async function commitAll(
  platform: Pick<Platform, 'database' | 'clock'>,
  handed: readonly Handed[],
): Promise<readonly (readonly AcceptedItem[])[]> {
  const [first] = handed
  if (first === undefined) return []
  const inputs = handed.flatMap((each) => each.inputs)
  const results = await commit(platform, first.scope, inputs, first.origin)
  let start = 0
  return handed.map((each) => {
    start += each.inputs.length
    return results.slice(start - each.inputs.length, start)
  })
}

async function commit(
  { database, clock }: Pick<Platform, 'database' | 'clock'>,
  scope: Scope,
  inputs: readonly EngagementInput[],
  origin: Origin,
): Promise<readonly AcceptedItem[]> {
  const { workspaceId } = scope
  const now = new Date(clock.now())
  const arrivals = inputs.map((input) => toArrival(input, origin, now))
  const added = new Set(
    await inStatement(database, (db) => addArrivals(db, workspaceId, arrivals, asksFor(workspaceId, origin))),
  )
  const others = arrivals.filter(({ id }) => !added.has(id))
  if (others.length === 0) return resultsOf(arrivals, added, new Map())
  const known = await inScope(database, scope, (db) => findArrivals(db, workspaceId, others))
  return resultsOf(arrivals, added, known)
}

/** The same within a transaction of the caller: what it says of its own progress commits with the engagements. */
export async function acceptWithin(
  db: Db,
  workspaceId: string,
  inputs: readonly EngagementInput[],
  origin: Origin & { readonly now: Date },
): Promise<readonly AcceptedItem[]> {
  const arrivals = inputs.map((input) => toArrival(input, origin, origin.now))
  const added = new Set(await addArrivals(db, workspaceId, arrivals, asksFor(workspaceId, origin)))
  const others = arrivals.filter(({ id }) => !added.has(id))
  return resultsOf(arrivals, added, await findArrivals(db, workspaceId, others))
}

/** What an import brings waits for its end. */
function asksFor(workspaceId: string, { importId }: Origin): readonly Ask[] | null {
  return importId === undefined ? [askOf(digestJob, { workspaceId }, queueOf(workspaceId))] : null
}

function resultsOf(
  arrivals: readonly NewArrival[],
  added: ReadonlySet<string>,
  known: ReadonlyMap<string, string>,
): readonly AcceptedItem[] {
  return arrivals.map(({ id, source, activityKey: key }): AcceptedItem => {
    if (added.has(id)) return { result: 'accepted', id }
    return { result: 'duplicate', id: known.get(`${source} ${key}`) ?? id }
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
