// What a connection remembers of a page that it asks again and again: which things stood there in which version, and
// how long nothing happened. Kept in the cursor, committed together with the events.
import { z } from 'zod'
import type { Validators } from './fetch-page.ts'

const most = 1_500

const Memory = z.object({
  v: z.literal(1),
  /** Where it really stands. */
  url: z.string().max(2_048),
  etag: z.string().max(500),
  modified: z.string().max(100),
  /** Polls in a row without anything new. */
  idle: z.int().nonnegative(),
  /** Thing and version, oldest first. */
  known: z.array(z.tuple([z.string().max(16), z.string().max(16)])).max(most),
})
export type Memory = z.infer<typeof Memory>

export function readMemory(cursor: string | null): Memory | null {
  if (cursor === null) return null
  try {
    return Memory.safeParse(JSON.parse(cursor)).data ?? null
  } catch {
    return null
  }
}

export interface Thing {
  /** A hash of its name and of its version. */
  readonly name: string
  readonly version: string
}

export type Before = 'nothing' | 'said'

/** Those that are new or another version, in the order given. */
export function newOf<Each extends Thing>(
  known: Memory['known'],
  things: readonly Each[],
): readonly { readonly thing: Each; readonly before: Before }[] {
  const versions = new Map(known)
  return things.flatMap((thing) => {
    const version = versions.get(thing.name)
    if (version === thing.version) return []
    versions.set(thing.name, thing.version)
    return [{ thing, before: version === undefined ? ('nothing' as const) : ('said' as const) }]
  })
}

/** Things seen last are kept longest. */
export function remember(known: Memory['known'], seen: readonly Thing[]): Memory['known'] {
  const next = new Map(known)
  for (const { name, version } of seen) {
    next.delete(name)
    next.set(name, version)
  }
  return [...next].slice(-most)
}

const minuteMs = 60_000

/**
 * When to ask again: a minute after something new, then slower and slower up to an hour; never more often than the page
 * asks for, and hardly where it tells us by itself.
 */
export function paceOf(idle: number, asksMs: number | null, isPushed: boolean): number {
  const slowed = minuteMs * 1.5 ** Math.min(idle, 12)
  const least = isPushed ? 30 * minuteMs : Math.min(asksMs ?? 0, 60 * minuteMs)
  return Math.round(Math.min(60 * minuteMs, Math.max(slowed, least, minuteMs)))
}

export function cursorOf(
  memory: Omit<Memory, 'v' | 'etag' | 'modified'>,
  { etag, modified }: Validators,
): string {
  return JSON.stringify({ v: 1, ...memory, etag, modified } satisfies Memory)
}
