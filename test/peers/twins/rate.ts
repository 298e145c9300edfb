// A bucket of calls that refills evenly; networks differ only in its figures.
export interface Bucket {
  readonly calls: number
  readonly perMs: number
}

export class Rates {
  readonly #left = new Map<string, { tokens: number; at: number }>()

  /** Takes one call; else how long until one may be taken, ms. */
  take(name: string, { calls, perMs }: Bucket, now: number): number {
    const before = this.#left.get(name) ?? { tokens: calls, at: now }
    const tokens = Math.min(calls, before.tokens + ((now - before.at) * calls) / perMs)
    if (tokens < 1) {
      this.#left.set(name, { tokens, at: now })
      return Math.ceil(((1 - tokens) * perMs) / calls)
    }
    this.#left.set(name, { tokens: tokens - 1, at: now })
    return 0
  }
}
