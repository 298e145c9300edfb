// For networks that know no keys of ours: what an act did is remembered under its key, so that the same key is one
// act, and an act of which nobody knows whether it took effect is never sent again by itself.
import type { Acted } from './acting.ts'
import { actedOf, type Wrong } from './ask-json.ts'
import type { LinkStore, Ports } from './ports.ts'

/** One call of an act; `networkId` is the network's name of what it made. */
export type Step = () => Promise<
  { readonly ok: true; readonly networkId: string } | ({ readonly ok: false } & Wrong)
>

interface Memory {
  readonly at: number
  readonly ids: readonly string[]
  /** A call was on its way when this was written. */
  readonly isOpen: boolean
}

const prefix = 'sent:'
/** Longer than anybody tries again. */
const keptMs = 7 * 86_400_000

/** Carries out the steps that have not been carried out yet under this key, in order. */
export async function sendOnce(
  { store, clock }: Pick<Ports, 'store' | 'clock'>,
  key: string,
  steps: readonly Step[],
  detail: string,
): Promise<Acted> {
  const before = await recall(store, key)
  if (before?.isOpen === true) {
    return {
      result: 'unknown',
      detail: 'It was sent once, and no answer came; it is not sent again by itself.',
    }
  }
  if (before === null) await forgetOld(store, key, clock.now())
  const ids = [...(before?.ids ?? [])]
  for (const step of steps.slice(ids.length)) {
    await remember(store, key, { at: clock.now(), ids, isOpen: true })
    const sent = await step()
    if (!sent.ok) {
      const acted = actedOf(sent)
      if (acted.result === 'refused') await remember(store, key, { at: clock.now(), ids, isOpen: false })
      return acted
    }
    ids.push(sent.networkId)
    await remember(store, key, { at: clock.now(), ids, isOpen: false })
  }
  const [networkId = '', ...otherIds] = ids
  return { result: 'done', networkId, detail, ...(otherIds.length === 0 ? {} : { otherIds }) }
}

async function recall(store: LinkStore, key: string): Promise<Memory | null> {
  const kept = await store.get(prefix + key)
  return kept === null ? null : (JSON.parse(kept) as Memory)
}

function remember(store: LinkStore, key: string, memory: Memory): Promise<void> {
  return store.set(prefix + key, JSON.stringify(memory))
}

/** Now and then, told by the key itself, as nothing else here may be left to chance. */
async function forgetOld(store: LinkStore, key: string, now: number): Promise<void> {
  if (key.charCodeAt(key.length - 1) % 16 !== 0) return
  await forgetBefore(store, {
    prefix,
    before: now - keptMs,
    timeOf: (kept) => (JSON.parse(kept) as Memory).at,
  })
}

export interface Old {
  readonly prefix: string
  /** Milliseconds since 1970. */
  readonly before: number
  /** When a value was kept. */
  readonly timeOf: (kept: string) => number
}

/** Deletes what was kept before a time; at most the first thousand of the prefix. */
export async function forgetBefore(store: LinkStore, { prefix, before, timeOf }: Old): Promise<void> {
  for (const name of await store.keys(prefix)) {
    const kept = await store.get(name)
    if (kept !== null && timeOf(kept) < before) await store.delete(name)
  }
}
