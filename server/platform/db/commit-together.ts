/**
 * Requests that come within a few milliseconds share one commit: an fsync each would allow some hundreds a second,
 * shared ones allow thousands. Each resolves after the commit that holds it.
 */
export interface Together<Item, Result> {
  /** What comes under one key is committed together, in the order in which it came. */
  commit(key: string, item: Item): Promise<Result>
}

export interface TogetherOptions<Item, Result> {
  /** Answers in the order of the items. */
  readonly commit: (items: readonly Item[]) => Promise<readonly Result[]>
  readonly sizeOf: (item: Item) => number
  readonly mostTogether: number
}

interface Waiting<Item, Result> {
  readonly item: Item
  readonly resolve: (result: Result) => void
  readonly reject: (error: unknown) => void
}

const lingerMs = 4
/** Under load a little longer: a third of the commits, and an answer still comes well within 50 ms. */
const busyLingerMs = 12
/** So much goes at once. */
const enough = 200

export function commitTogether<Item, Result>(options: TogetherOptions<Item, Result>): Together<Item, Result> {
  const lines = new Map<string, Waiting<Item, Result>[]>()
  const running = new Set<string>()

  async function drain(key: string): Promise<void> {
    if (running.has(key)) return
    running.add(key)
    try {
      for (let wait = lingerMs; ; wait = isEnough(lines.get(key) ?? [], options) ? 0 : busyLingerMs) {
        await new Promise((resolve) => setTimeout(resolve, wait))
        const group = takeGroup(lines, key, options)
        if (group.length === 0) return
        await commitGroup(group, options)
      }
    } finally {
      running.delete(key)
      if (lines.has(key)) void drain(key)
    }
  }

  return {
    commit: (key, item) =>
      new Promise((resolve, reject) => {
        const line = lines.get(key) ?? []
        lines.set(key, line)
        line.push({ item, resolve, reject })
        void drain(key)
      }),
  }
}

function isEnough<Item, Result>(
  line: readonly Waiting<Item, Result>[],
  { sizeOf }: TogetherOptions<Item, Result>,
): boolean {
  return line.reduce((sum, { item }) => sum + sizeOf(item), 0) >= enough
}

/** As many as fit, at least one. */
function takeGroup<Item, Result>(
  lines: Map<string, Waiting<Item, Result>[]>,
  key: string,
  { sizeOf, mostTogether }: TogetherOptions<Item, Result>,
): readonly Waiting<Item, Result>[] {
  const line = lines.get(key) ?? []
  let size = 0
  let count = 0
  for (const { item } of line) {
    size += sizeOf(item)
    if (count > 0 && size > mostTogether) break
    count += 1
  }
  const group = line.splice(0, count)
  if (line.length === 0) lines.delete(key)
  return group
}

async function commitGroup<Item, Result>(
  group: readonly Waiting<Item, Result>[],
  { commit }: TogetherOptions<Item, Result>,
): Promise<void> {
  try {
    const results = await commit(group.map(({ item }) => item))
    for (const [index, result] of results.entries()) group[index]?.resolve(result)
  } catch (error) {
    for (const waiting of group) waiting.reject(error)
  }
}
