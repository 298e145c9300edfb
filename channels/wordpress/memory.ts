// What a connection remembers of the newest comments, so that edits, moderation and deletions show by comparison:
// WordPress gives comments no time of their last change. Kept in the cursor, committed together with the events.
import { z } from 'zod'
import { isSaid, timeOf, versionOf, type Comment } from './comment.ts'

const most = 300

const Known = z.tuple([
  z.int().positive(), // comment
  z.int().nonnegative(), // how often it changed
  z.string().max(16), // version of its words
  z.literal([0, 1]), // whether it counts as said
])
type Known = z.infer<typeof Known>

const Memory = z.object({
  v: z.literal(1),
  /** The newest comment seen. */
  last: z.int().nonnegative(),
  /** How many comments are not newer than that, as far as known. */
  at: z.int().nonnegative(),
  /** More comments wait behind. */
  isBehind: z.boolean(),
  /** Which page of older ones is read again next. */
  sweep: z.int().nonnegative(),
  known: z.array(Known).max(most),
})
export type Memory = z.infer<typeof Memory>

/** Null where another version wrote it, or nobody. */
export function readMemory(cursor: string | null): Memory | null {
  if (cursor === null) return null
  try {
    return Memory.safeParse(JSON.parse(cursor)).data ?? null
  } catch {
    return null
  }
}

export interface Change {
  readonly id: number
  readonly revision: number
  readonly version: string
  readonly before: 'nothing' | 'said' | 'not-said'
  /** Null: it is no longer there. */
  readonly comment: Comment | null
  readonly at: number | null
}

export interface Page {
  /** Oldest first. */
  readonly comments: readonly Comment[]
  /** Whether comments newer than these exist. */
  readonly hasNewer: boolean
  /** Whether it begins with the first comment there is. */
  readonly isFirst: boolean
}

/** What a page says that the memory does not. Comments newer than the memory count only where `takesNew`. */
export function compare(memory: Memory, page: Page, takesNew: boolean): readonly Change[] {
  const known = new Map(memory.known.map((each) => [each[0], each]))
  const floor = memory.known[0]?.[0] ?? memory.last + 1
  const changes: Change[] = []
  for (const comment of page.comments) {
    const isNew = comment.id > memory.last
    // An older one that was not seen before was hidden from us until now.
    const counts = isNew ? takesNew : comment.id >= floor
    const change = counts ? changeOf(comment, known.get(comment.id)) : null
    if (change !== null) changes.push(change)
  }
  return [...changes, ...missing(memory, page)]
}

function changeOf(comment: Comment, before: Known | undefined): Change | null {
  const version = versionOf(comment)
  if (before?.[2] === version) return null
  return {
    id: comment.id,
    revision: before === undefined ? 0 : before[1] + 1,
    version,
    before: stateOf(before),
    comment,
    at: before === undefined ? timeOf(comment) : null,
  }
}

function stateOf(before: Known | undefined): Change['before'] {
  if (before === undefined) return 'nothing'
  return before[3] === 1 ? 'said' : 'not-said'
}

/** Known ones that should stand between those of the page and do not. */
function missing(memory: Memory, { comments, hasNewer, isFirst }: Page): readonly Change[] {
  const first = comments[0]?.id ?? Infinity
  const lowest = isFirst ? 0 : first
  const highest = hasNewer ? (comments.at(-1)?.id ?? 0) : Infinity
  const there = new Set(comments.map(({ id }) => id))
  return memory.known
    .filter(([id]) => id >= lowest && id <= highest && !there.has(id))
    .map((each) => ({
      id: each[0],
      revision: each[1] + 1,
      version: 'gone',
      before: stateOf(each),
      comment: null,
      at: null,
    }))
}

/** The memory after these changes were told. */
export function remember(known: Memory['known'], changes: readonly Change[]): Memory['known'] {
  const next = new Map(known.map((each) => [each[0], each]))
  for (const { id, revision, version, comment } of changes) {
    if (comment === null) next.delete(id)
    else next.set(id, [id, revision, version, isSaid(comment) ? 1 : 0])
  }
  return [...next.values()].toSorted((one, other) => one[0] - other[0]).slice(-most)
}
