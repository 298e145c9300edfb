import { ensurePresences, handleKey, type WantedPresence } from '../presences/index.ts'
import type { Db } from '../platform/db/scope.ts'
import type { Passing } from './batch.ts'
import { presencesOf } from './store-threads.ts'

/**
 * Says to which of our accounts each engagement belongs: ours to the account that spoke; theirs to the one named, the
 * first one mentioned, or that of the engagement it answers. Accounts that nobody has named yet are added.
 */
export async function resolvePresences(
  db: Db,
  workspaceId: string,
  passing: readonly Passing[],
  now: Date,
): Promise<void> {
  const ids = await ensurePresences(db, workspaceId, passing.flatMap(wantedBy), now)
  const parents = passing.flatMap((item) => item.parentId ?? [])
  const presenceOf = new Map<string, string | null>(await presencesOf(db, workspaceId, parents))
  for (const item of passing) {
    item.presenceId = findPresence(item, ids) ?? presenceOf.get(item.parentId ?? '') ?? null
    presenceOf.set(item.id, item.presenceId)
  }
}

function wantedBy({ input, channel }: Passing): readonly WantedPresence[] {
  const ours = input.direction === 'out' ? (input.author.handle ?? input.author.externalId) : undefined
  const handle = input.presence ?? ours
  if (handle === undefined) return []
  return [{ channel, handle, name: input.presence === undefined ? (input.author.name ?? '') : '' }]
}

function findPresence(item: Passing, ids: ReadonlyMap<string, string>): string | undefined {
  const [named] = wantedBy(item)
  if (named !== undefined) return ids.get(`${item.channel} ${handleKey(named.handle)}`)
  for (const mention of item.input.mentions) {
    const id = ids.get(`${item.channel} ${handleKey(mention)}`)
    if (id !== undefined) return id
  }
  return undefined
}
