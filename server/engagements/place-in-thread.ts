import type { ThreadMerge } from './batch.ts'

/** An engagement to be placed; keys are `source externalId`. */
export interface ToPlace {
  readonly id: string
  readonly key: string
  readonly parentKey: string | null
  /** What stands above the parent, nearest first: taken where the parent itself is not known. */
  readonly ancestorKeys?: readonly string[]
  /** Who speaks, where they join only a thread that they have part in. */
  readonly speaker?: string
  /** Author and receivers, where nobody else joins by naming it. */
  readonly participants?: ReadonlySet<string>
  /** `source threadExternalId`, where the channel names its threads. */
  readonly threadName: string | null
}

export interface KnownOrphan {
  readonly id: string
  readonly threadId: string
  readonly parentKey: string
  /** Who spoke, where it came in from outside. */
  readonly speaker?: string | null
}

export interface PlaceKnown {
  /** Stored engagements that are named as parents. */
  readonly parents: ReadonlyMap<string, { readonly id: string; readonly threadId: string }>
  /** Stored engagements that name one of these as their parent, and have none yet. */
  readonly orphans: readonly KnownOrphan[]
  /** `threadId speaker`: who of the speakers has part in which stored thread. */
  readonly takesPart?: ReadonlySet<string>
  /** Threads by name. */
  readonly names: ReadonlyMap<string, string>
}

export interface Places {
  readonly threadOf: ReadonlyMap<string, string>
  readonly parentOf: ReadonlyMap<string, string>
  /** Stored orphans that found their parent. */
  readonly adoptions: readonly { readonly id: string; readonly parentId: string }[]
  readonly merges: readonly ThreadMerge[]
  readonly newNames: readonly { readonly name: string; readonly threadId: string }[]
}

/**
 * Says in which thread each engagement stands, in whatever order parents and answers come. Threads are sets that only
 * ever grow together; a stored thread's id is kept, the smallest where two of them meet.
 */
export function placeInThreads(items: readonly ToPlace[], known: PlaceKnown): Places {
  const sets = new ThreadSets()
  const byKey = new Map<string, Above>(known.parents)
  for (const parent of known.parents.values()) sets.add(parent.threadId, true)
  for (const orphan of known.orphans) sets.add(orphan.threadId, true)
  for (const threadId of known.names.values()) sets.add(threadId, true)
  for (const item of items) {
    sets.add(item.id, false)
    const { id, participants } = item
    byKey.set(
      item.key,
      participants === undefined ? { id, threadId: id } : { id, threadId: id, participants },
    )
  }
  const parentOf = joinParents(items, { byKey, takesPart: known.takesPart ?? new Set() }, sets)
  joinNames(items, known.names, sets)
  const adoptions: { id: string; parentId: string }[] = []
  for (const orphan of known.orphans) {
    const parent = byKey.get(orphan.parentKey)
    if (parent === undefined || !letsIn(parent, orphan.speaker ?? null)) continue
    sets.join(orphan.threadId, parent.threadId)
    adoptions.push({ id: orphan.id, parentId: parent.id })
  }
  return {
    threadOf: new Map(items.map((item) => [item.id, sets.nameOf(item.id)])),
    parentOf,
    adoptions,
    merges: sets.merges(),
    newNames: newNames(items, known.names, sets),
  }
}

/** What an engagement may stand below. */
interface Above {
  readonly id: string
  readonly threadId: string
  readonly participants?: ReadonlySet<string>
}

interface Aboves {
  readonly byKey: ReadonlyMap<string, Above>
  readonly takesPart: ReadonlySet<string>
}

/** Whoever was not there does not join by naming what was said there: the name of a mail is no secret. */
function letsIn({ participants }: Above, speaker: string | null): boolean {
  return participants === undefined || speaker === null || participants.has(speaker)
}

function findParent(item: ToPlace, { byKey, takesPart }: Aboves): Above | undefined {
  const keys = [...(item.parentKey === null ? [] : [item.parentKey]), ...(item.ancestorKeys ?? [])]
  for (const key of keys) {
    const above = byKey.get(key)
    if (above === undefined || above.id === item.id) continue
    const { speaker } = item
    if (speaker === undefined || takesPart.has(`${above.threadId} ${speaker}`)) return above
    if (above.participants?.has(speaker) === true) return above
  }
  return undefined
}

function joinParents(
  items: readonly ToPlace[],
  aboves: Aboves,
  sets: ThreadSets,
): ReadonlyMap<string, string> {
  const parentOf = new Map<string, string>()
  for (const item of items) {
    const parent = findParent(item, aboves)
    if (parent === undefined) continue
    sets.join(item.id, parent.threadId)
    parentOf.set(item.id, parent.id)
  }
  return parentOf
}

function joinNames(items: readonly ToPlace[], names: ReadonlyMap<string, string>, sets: ThreadSets): void {
  const firstOf = new Map(names)
  for (const item of items) {
    if (item.threadName === null) continue
    const first = firstOf.get(item.threadName)
    if (first === undefined) firstOf.set(item.threadName, item.id)
    else sets.join(item.id, first)
  }
}

function newNames(
  items: readonly ToPlace[],
  names: ReadonlyMap<string, string>,
  sets: ThreadSets,
): readonly { readonly name: string; readonly threadId: string }[] {
  const found = new Map<string, string>()
  for (const item of items) {
    if (item.threadName !== null && !names.has(item.threadName))
      found.set(item.threadName, sets.nameOf(item.id))
  }
  return [...found].map(([name, threadId]) => ({ name, threadId }))
}

/** Union-find over thread ids; each set remembers the stored ids in it. */
class ThreadSets {
  readonly #parent = new Map<string, string>()
  readonly #isStored = new Set<string>()

  add(id: string, isStored: boolean): void {
    if (!this.#parent.has(id)) this.#parent.set(id, id)
    if (isStored) this.#isStored.add(id)
  }

  join(a: string, b: string): void {
    const left = this.#find(a)
    const right = this.#find(b)
    if (left === right) return
    const [kept, gone] = this.#isBefore(left, right) ? [left, right] : [right, left]
    this.#parent.set(gone, kept)
  }

  nameOf(id: string): string {
    return this.#find(id)
  }

  merges(): readonly ThreadMerge[] {
    return [...this.#isStored]
      .map((from) => ({ from, into: this.#find(from) }))
      .filter((merge) => merge.from !== merge.into)
  }

  #isBefore(a: string, b: string): boolean {
    const aStored = this.#isStored.has(a)
    if (aStored !== this.#isStored.has(b)) return aStored
    return a < b
  }

  #find(id: string): string {
    let root = id
    for (
      let next = this.#parent.get(root);
      next !== undefined && next !== root;
      next = this.#parent.get(root)
    )
      root = next
    for (let step = id; step !== root;) {
      const next = this.#parent.get(step) ?? root
      this.#parent.set(step, root)
      step = next
    }
    return root
  }
}
