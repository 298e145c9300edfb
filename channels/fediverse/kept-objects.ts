// What we said, by the address at which other servers read it: the thing itself, whom it was for, and whether it left.
import type { LinkStore } from '../ports.ts'
import type { Json } from './json.ts'
import type { Circle } from './write-note.ts'

export interface KeptObject {
  /** A Note, a Like, an Announce; a Tombstone after its deletion. */
  readonly object: Json
  readonly circle: Circle
  /** The person it is for, with the inbox that was served. */
  readonly person: { readonly id: string; readonly handle: string; readonly inbox: string } | null
  /** `leaving`: nobody has said yet that it arrived. */
  readonly state: 'leaving' | 'sent'
  /** Keys of later acts on it that took effect. */
  readonly changes: readonly string[]
}

export async function readKept(store: LinkStore, name: string): Promise<KeptObject | null> {
  const text = await store.get(`object/${name}`)
  return text === null ? null : (JSON.parse(text) as KeptObject)
}

export async function keep(store: LinkStore, name: string, kept: KeptObject): Promise<void> {
  await store.set(`object/${name}`, JSON.stringify(kept))
}

export async function forget(store: LinkStore, name: string): Promise<void> {
  await store.delete(`object/${name}`)
}
