import { ensurePresences, handleKey, type WantedPresence } from '../presences/index.ts'
import type { Db } from '../platform/db/scope.ts'
import type { Batch, Passing } from './batch.ts'

/**
 * Says to which of our accounts each engagement belongs: ours to the account that spoke; theirs to the one named, the
 * first one mentioned, or that of the engagement it answers. Accounts that nobody has named yet are added.
 * `presenceOf` knows those of stored parents, and learns the rest.
 */
export async function resolvePresences(
  db: Db,
  workspaceId: string,
  passing: readonly Passing[],
  { now, presenceOf }: { readonly now: Date; readonly presenceOf: Map<string, string | null> },
): Promise<void> {
  const ids = await ensurePresences(db, workspaceId, passing.flatMap(wantedBy), now)
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

/**
 * Gives engagements that named no account of ours the one that speaks in their thread, where the whole thread passes
 * now; the rest is filled when it is stored.
 */
export function fillNewThreads({
  passing,
  storedThreadIds,
}: Pick<Batch, 'passing' | 'storedThreadIds'>): void {
  const speaking = new Map<string, Passing>()
  for (const item of passing) {
    if (item.presenceId === null || storedThreadIds.has(item.threadId)) continue
    const first = speaking.get(item.threadId)
    if (first === undefined || isBefore(item, first)) speaking.set(item.threadId, item)
  }
  for (const item of passing) item.presenceId ??= speaking.get(item.threadId)?.presenceId ?? null
}

function isBefore(a: Passing, b: Passing): boolean {
  return a.at < b.at || (a.at.getTime() === b.at.getTime() && a.id < b.id)
}
