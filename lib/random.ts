// Random numbers that repeat for a seed. Generator: sfc32 (Chris Doty-Humphrey, PractRand, 128 bits of
// state, passes PractRand to 32 TB). The seed is spread over the state by splitmix32, as its author advises.

export interface Random {
  /** In [0, 1), 32 bits of it random. */
  readonly next: () => number
  /** Whole number in [0, below). */
  readonly below: (below: number) => number
  /** Whole number in [from, to], both included. */
  readonly between: (from: number, to: number) => number
  /** True with the given probability. */
  readonly chance: (probability: number) => boolean
  readonly pick: <Item>(items: readonly Item[]) => Item
  /** Item with probability proportional to its weight. */
  readonly weighted: <Item>(items: readonly (readonly [Item, number])[]) => Item
  /** Normal deviate (Box-Muller), mean 0, standard deviation 1. */
  readonly normal: () => number
}

function splitmix32(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x9e3779b9) | 0
    let mixed = state ^ (state >>> 16)
    mixed = Math.imul(mixed, 0x21f0aaad)
    mixed ^= mixed >>> 15
    mixed = Math.imul(mixed, 0x735a2d97)
    return mixed ^ (mixed >>> 15)
  }
}

function sfc32(seed: number): () => number {
  const spread = splitmix32(seed)
  let a = spread()
  let b = spread()
  let c = spread()
  let counter = 1
  const step = (): number => {
    const sum = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (c << 21) | (c >>> 11)
    c = (c + sum) | 0
    return sum >>> 0
  }
  for (let warmUp = 0; warmUp < 12; warmUp++) step()
  return step
}

export function createRandom(seed: number): Random {
  const step = sfc32(seed)
  const next = () => step() / 4294967296
  const below = (limit: number) => Math.floor(next() * limit)
  return {
    next,
    below,
    between: (from, to) => from + below(to - from + 1),
    chance: (probability) => next() < probability,
    pick: (items) => pickAt(items, below(items.length)),
    weighted: (items) => pickWeighted(items, next()),
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
  }
}

function pickAt<Item>(items: readonly Item[], index: number): Item {
  const item = items[index]
  if (item === undefined) throw new RangeError('cannot pick from an empty list')
  return item
}

function pickWeighted<Item>(items: readonly (readonly [Item, number])[], at: number): Item {
  let total = 0
  for (const [, weight] of items) total += weight
  let left = at * total
  for (const [item, weight] of items) {
    left -= weight
    if (left < 0) return item
  }
  return pickAt(items, items.length - 1)[0]
}
