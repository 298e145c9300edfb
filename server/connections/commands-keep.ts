import type { RawEvent } from '../../channels/channel.ts'
import { commitTogether } from '../platform/db/commit-together.ts'
import { inStatement, type Statements } from '../platform/db/scope.ts'
import type { ConnectionParts } from './connection.ts'
import { normaliseAsk } from './jobs-names.ts'
import { addRaw } from './store-raw.ts'

const longestKey = 512
const mostTogether = 2_000

export interface Kept {
  readonly connectionId: string
  readonly events: readonly RawEvent[]
  /** What was said before we listened. */
  readonly isHistorical?: boolean
}

/**
 * Keeps raw events by one statement, in the transaction of the caller or one by itself, and asks for what they mean.
 * Answers with how many are new.
 */
export async function keepWithin(
  db: Statements,
  workspaceId: string,
  kept: readonly Kept[],
  now: Date,
): Promise<number> {
  const raws = kept.flatMap(({ connectionId, events, isHistorical = false }) =>
    events.map((event) => ({ connectionId, event: checked(event), isHistorical })),
  )
  const living = kept.filter(({ isHistorical, events }) => isHistorical !== true && events.length > 0)
  return addRaw(db, workspaceId, raws, {
    at: now,
    heard: idsOf(living),
    asks: idsOf(kept).map((id) => normaliseAsk(workspaceId, id)),
  })
}

function idsOf(kept: readonly Kept[]): readonly string[] {
  return [...new Set(kept.map(({ connectionId }) => connectionId))]
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
      await inStatement(platform.database, (db) => keepWithin(db, workspaceId, all, now))
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
