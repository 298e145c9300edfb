// A turn begins at a person's engagement whose parent is absent, unknown or by someone else. A reply by the
// same author to their own words continues it. It is answered when an engagement of ours, sent by a person,
// stands below the turn's first engagement in the reply tree, at any depth and through anyone; the earliest
// such counts. Where a channel has no tree, words of one author with no answer of ours between them are one
// turn, answered by the earliest later engagement of ours in the thread.
import { childrenFirst, comesBefore, parentIndexes } from './reply-tree.ts'

export interface ThreadEngagement {
  readonly id: string
  /** Null for none; one that is not in the thread is unknown. */
  readonly parentId: string | null
  /** The person where recognised, else the identity: the same for everything that one author says. */
  readonly authorKey: string
  readonly direction: 'in' | 'out'
  /** Sent by a machine: keeps its place in the tree, but is no turn and no answer. */
  readonly isAutomatic: boolean
  /** Taken back: likewise. */
  readonly isDeleted: boolean
  /** The network's time, in milliseconds. */
  readonly at: number
}

export interface Turn {
  readonly firstEngagementId: string
  readonly authorKey: string
  /** In order of time. */
  readonly engagementIds: readonly string[]
  readonly startedAt: number
  readonly answeredAt: number | null
  readonly answerId: string | null
}

/** All engagements of one thread, in any order, each id once. Turns come in order of their start. */
export function findTurns(engagements: readonly ThreadEngagement[], shape: { isFlat: boolean }): Turn[] {
  const turns = shape.isFlat ? flatTurns(engagements) : treeTurns(engagements)
  return turns.sort(
    (a, b) => a.startedAt - b.startedAt || compareIds(a.firstEngagementId, b.firstEngagementId),
  )
}

/** From the turn's first engagement to its answer; null while it has none. Never negative. */
export function secondsToAnswer(turn: Turn): number | null {
  return turn.answeredAt === null ? null : Math.max(0, turn.answeredAt - turn.startedAt) / 1000
}

function treeTurns(engagements: readonly ThreadEngagement[]): Turn[] {
  const parents = parentIndexes(engagements)
  const order = childrenFirst(engagements, parents)
  const answers = earliestAnswersBelow(engagements, parents, order)
  const members = new Map<number, ThreadEngagement[]>()
  const rootOf = new Int32Array(engagements.length).fill(-1)
  for (const index of order.toReversed()) {
    const engagement = engagements[index]
    if (engagement?.direction !== 'in') continue
    const parentIndex = parents[index] ?? -1
    const parent = engagements[parentIndex]
    const isContinued = parent?.direction === 'in' && parent.authorKey === engagement.authorKey
    const root = isContinued ? (rootOf[parentIndex] ?? index) : index
    rootOf[index] = root
    if (engagement.isAutomatic || engagement.isDeleted) continue
    const turn = members.get(root)
    if (turn) turn.push(engagement)
    else members.set(root, [engagement])
  }
  return [...members].map(([root, words]) => {
    const answer = engagements[answers[root] ?? -1]
    return turnOf(words, answer, engagements[root])
  })
}

/** For each engagement, the index of our earliest answer anywhere below it, or -1. */
function earliestAnswersBelow(
  engagements: readonly ThreadEngagement[],
  parents: Int32Array,
  order: Int32Array,
): Int32Array {
  const below = new Int32Array(engagements.length).fill(-1)
  for (const index of order) {
    const parent = parents[index] ?? -1
    if (parent < 0) continue
    const own = isAnswer(engagements[index]) ? index : -1
    for (const found of [own, below[index] ?? -1]) {
      if (isEarlier(engagements, found, below[parent] ?? -1)) below[parent] = found
    }
  }
  return below
}

function isEarlier(engagements: readonly ThreadEngagement[], found: number, known: number): boolean {
  const [a, b] = [engagements[found], engagements[known]]
  return a !== undefined && (b === undefined || comesBefore(a, b) < 0)
}

function isAnswer(engagement: ThreadEngagement | undefined): boolean {
  return engagement?.direction === 'out' && !engagement.isAutomatic && !engagement.isDeleted
}

function flatTurns(engagements: readonly ThreadEngagement[]): Turn[] {
  const counting = engagements.filter((engagement) => !engagement.isAutomatic && !engagement.isDeleted)
  const turns: Turn[] = []
  const open = new Map<string, ThreadEngagement[]>()
  for (const engagement of counting.sort(inOrderOfTalk)) {
    if (engagement.direction === 'in') {
      const words = open.get(engagement.authorKey)
      if (words) words.push(engagement)
      else open.set(engagement.authorKey, [engagement])
      continue
    }
    for (const words of open.values()) turns.push(turnOf(words, engagement))
    open.clear()
  }
  for (const words of open.values()) turns.push(turnOf(words, undefined))
  return turns
}

/** Of the same instant, the person's words come before ours. */
function inOrderOfTalk(a: ThreadEngagement, b: ThreadEngagement): number {
  if (a.at === b.at && a.direction !== b.direction) return a.direction === 'in' ? -1 : 1
  return comesBefore(a, b)
}

/** `root` is where the turn begins in the tree; where that was taken back, its earliest words stand for it. */
function turnOf(
  words: readonly ThreadEngagement[],
  answer: ThreadEngagement | undefined,
  root?: ThreadEngagement,
): Turn {
  const sorted = words.toSorted(comesBefore)
  const first = root && sorted.includes(root) ? root : sorted[0]
  if (!first) throw new Error('a turn without words')
  return {
    firstEngagementId: first.id,
    authorKey: first.authorKey,
    engagementIds: sorted.map((engagement) => engagement.id),
    startedAt: first.at,
    answeredAt: answer?.at ?? null,
    answerId: answer?.id ?? null,
  }
}

function compareIds(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
