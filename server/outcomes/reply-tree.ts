// The reply tree of a thread as indexes, walked without recursion: threads of 100,000 replies exist.

export interface TreeEngagement {
  readonly id: string
  readonly parentId: string | null
  readonly at: number
}

/** Order by time, then by id, so that it never depends on the order of input. */
export function comesBefore(a: TreeEngagement, b: TreeEngagement): number {
  if (a.at !== b.at) return a.at - b.at
  if (a.id === b.id) return 0
  return a.id < b.id ? -1 : 1
}

/** For each engagement the index of its parent, or -1 where it has none here. */
export function parentIndexes(engagements: readonly TreeEngagement[]): Int32Array {
  const index = new Map(engagements.map((engagement, i) => [engagement.id, i]))
  return Int32Array.from(engagements, ({ id, parentId }) =>
    parentId === null || parentId === id ? -1 : (index.get(parentId) ?? -1),
  )
}

/**
 * Indexes so that each child comes before its parent. Parents that go in a circle, which no true thread has,
 * are cut at the earliest engagement of the circle: `parents` says -1 there afterwards.
 */
export function childrenFirst(engagements: readonly TreeEngagement[], parents: Int32Array): Int32Array {
  const children = new Int32Array(engagements.length)
  for (const parent of parents) if (parent >= 0) children[parent] = (children[parent] ?? 0) + 1
  const order = new Int32Array(engagements.length)
  let filled = 0
  let read = 0
  function drain(): void {
    for (; read < filled; read++) {
      const parent = parents[order[read] ?? -1] ?? -1
      if (parent < 0) continue
      const left = (children[parent] ?? 0) - 1
      children[parent] = left
      if (left === 0) order[filled++] = parent
    }
  }
  for (let i = 0; i < children.length; i++) if (children[i] === 0) order[filled++] = i
  drain()
  for (let i = 0; filled < order.length; i++) {
    if ((children[i] ?? 0) === 0) continue
    const cut = earliestOnCircle(engagements, parents, i)
    const parent = parents[cut] ?? -1
    parents[cut] = -1
    const left = (children[parent] ?? 0) - 1
    children[parent] = left
    if (left === 0) order[filled++] = parent
    drain()
  }
  return order
}

function earliestOnCircle(
  engagements: readonly TreeEngagement[],
  parents: Int32Array,
  start: number,
): number {
  let earliest = start
  for (let i = parents[start] ?? start; i !== start; i = parents[i] ?? start) {
    const [a, b] = [engagements[i], engagements[earliest]]
    if (a && b && comesBefore(a, b) < 0) earliest = i
  }
  return earliest
}
