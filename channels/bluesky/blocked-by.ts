// Who blocks us, as the firehose tells. A deleted block says nothing but its own name; it is kept after its end, since
// what was heard and not committed is heard again.
import type { Ports } from '../ports.ts'

const prefix = 'blocked-by:'
const ended = 'ended '

export async function isBlockedBy({ store }: Ports, did: string): Promise<boolean> {
  const kept = await store.get(prefix + did)
  return kept !== null && !kept.startsWith(ended)
}

export async function beginBlock({ store }: Ports, did: string, path: string): Promise<void> {
  await store.set(prefix + did, path)
}

/** Whether this was a block of us. */
export async function endBlock({ store }: Ports, did: string, path: string): Promise<boolean> {
  const kept = await store.get(prefix + did)
  if (kept === null || kept.replace(ended, '') !== path) return false
  await store.set(prefix + did, ended + path)
  return true
}
