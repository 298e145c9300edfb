// What a connection remembers of each mail that it sent, by the key of the act.
import type { LinkStore } from '../ports.ts'

export interface SentMark {
  /** Its bytes began to leave; or the server took it. */
  readonly state: 'begun' | 'done'
  /** Ms since 1970. */
  readonly at: number
}

const prefix = 'sent:'
/** No act is tried again after so long. */
const keepMs = 60 * 24 * 3_600_000
const forgottenAtOnce = 5

export async function readMark(store: LinkStore, key: string): Promise<SentMark | null> {
  const [state, at] = ((await store.get(prefix + key)) ?? '').split(' ')
  return state === 'begun' || state === 'done' ? { state, at: Number(at) } : null
}

export function writeMark(store: LinkStore, key: string, { state, at }: SentMark): Promise<void> {
  return store.set(prefix + key, `${state} ${at}`)
}

export function dropMark(store: LinkStore, key: string): Promise<void> {
  return store.delete(prefix + key)
}

/** Keys of the outbox rise with time, so the oldest stand first. */
export async function forgetOld(store: LinkStore, now: number): Promise<void> {
  for (const name of (await store.keys(prefix)).slice(0, forgottenAtOnce)) {
    const mark = await readMark(store, name.slice(prefix.length))
    if (mark !== null && mark.at < now - keepMs) await store.delete(name)
  }
}
