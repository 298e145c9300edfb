import type { RawEvent } from '../../channels/channel.ts'
import { commitTogether } from '../platform/db/commit-together.ts'
import { inScope, systemScope, type Db } from '../platform/db/scope.ts'
import type { ConnectionParts } from './connection.ts'
import { askToNormalise } from './jobs-names.ts'
import { addRaw } from './store-raw.ts'
import { noteHeard } from './store-runs.ts'

const longestKey = 512
const mostTogether = 2_000

export interface Kept {
  readonly connectionId: string
  readonly events: readonly RawEvent[]
  /** What was said before we listened. */
  readonly isHistorical?: boolean
}

/** Keeps raw events in the transaction of the caller, and asks for what they mean. Answers with how many are new. */
export async function keepWithin(
  db: Db,
  workspaceId: string,
  kept: readonly Kept[],
  now: Date,
): Promise<number> {
  const raws = kept.flatMap(({ connectionId, events, isHistorical = false }) =>
    events.map((event) => ({ connectionId, event: checked(event), isHistorical })),
  )
  const added = await addRaw(db, workspaceId, raws, now)
  if (added === 0) return 0
  const living = kept.filter(({ isHistorical, events }) => isHistorical !== true && events.length > 0)
  await noteHeard(db, workspaceId, [...new Set(living.map((each) => each.connectionId))], now)
  for (const connectionId of new Set(kept.map((each) => each.connectionId))) {
    await askToNormalise(db, workspaceId, connectionId)
  }
  return added
}

function checked(event: RawEvent): RawEvent {
  if (event.key.length === 0 || event.key.length > longestKey)
    throw new Error('a raw event has a key of no length, or of more than 512 characters')
  return event.at !== null && !Number.isSafeInteger(Math.trunc(event.at)) ? { ...event, at: null } : event
}

/** The door by which pushes come in. */
export interface Keeper {
  /** Resolves after the commit that holds them. */
  keep(workspaceId: string, kept: Kept): Promise<void>
}

/** Pushes that come within a few milliseconds share one commit. */
export function createKeeper({ platform }: Pick<ConnectionParts, 'platform'>): Keeper {
  const together = commitTogether<Kept & { readonly workspaceId: string }, null>({
    async commit(all) {
      const workspaceId = all[0]?.workspaceId ?? ''
      const now = new Date(platform.clock.now())
      await inScope(platform.database, systemScope(workspaceId), (db) =>
        keepWithin(db, workspaceId, all, now),
      )
      return all.map(() => null)
    },
    sizeOf: ({ events }) => events.length,
    mostTogether,
  })
  return {
    async keep(workspaceId, kept) {
      if (kept.events.length > 0) await together.commit(workspaceId, { ...kept, workspaceId })
    },
  }
}
