import { createHash } from 'node:crypto'

// The audit trail of a workspace is a chain: the hash of an entry is SHA-256 over the hash before it and the entry
// itself, written as JSON with sorted keys. Whoever changes, drops, swaps or inserts a row breaks it there.

export interface ChainEntry {
  readonly workspaceId: string
  /** 1, 2, 3 and so on within the workspace. */
  readonly number: number
  readonly id: string
  readonly at: Date
  readonly actorId: string | null
  readonly actor: string
  readonly action: string
  readonly subjectType: string
  readonly subjectId: string
  readonly before: unknown
  readonly after: unknown
}

export interface ChainHead {
  readonly entries: number
  readonly hash: Uint8Array
}

/** The hash before the first entry. */
export const noHash: Uint8Array = new Uint8Array(32)

export function hashEntry(previous: Uint8Array, entry: ChainEntry): Uint8Array {
  return createHash('sha256').update(previous).update(canonicalJson(entry)).digest()
}

/** Keys sorted at every depth; what JSON does not know is left out, as the database would. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(sorted(JSON.parse(JSON.stringify(value))))
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => sorted(item))
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([key, item]) => [key, sorted(item)]))
}

export interface ChainState {
  readonly entries: number
  readonly hash: Uint8Array
}

/** Walks on over entries in their order; answers where the chain stands, or the id of the entry that breaks it. */
export function walkChain(
  state: ChainState,
  entries: readonly (ChainEntry & { readonly hash: Uint8Array })[],
): ChainState | { readonly brokenAt: string } {
  let { entries: count, hash } = state
  for (const { hash: stored, ...entry } of entries) {
    count += 1
    hash = hashEntry(hash, entry)
    if (entry.number !== count || !isSameHash(hash, stored)) return { brokenAt: entry.id }
  }
  return { entries: count, hash }
}

export function isSameHash(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index])
}
