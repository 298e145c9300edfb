/** Remembers the newest so many for a while: what is forgotten is asked for again. */
export class BoundedMap<Value> {
  readonly #kept = new Map<string, { readonly value: Value; readonly until: number }>()
  readonly #most: number
  readonly #now: () => number
  constructor(most: number, now: () => number) {
    this.#most = most
    this.#now = now
  }

  get(key: string): Value | undefined {
    const found = this.#kept.get(key)
    if (found === undefined || found.until > this.#now()) return found?.value
    this.#kept.delete(key)
    return undefined
  }

  set(key: string, value: Value, forMs: number): void {
    this.#kept.delete(key)
    this.#kept.set(key, { value, until: this.#now() + forMs })
    const [oldest] = this.#kept.keys()
    if (this.#kept.size > this.#most && oldest !== undefined) this.#kept.delete(oldest)
  }

  delete(key: string): void {
    this.#kept.delete(key)
  }
}
