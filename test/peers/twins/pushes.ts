// How networks push: several at a time, so that order is lost; again until the other side says yes; and now and then
// once more though it said yes.
import { setTimeout as sleep } from 'node:timers/promises'
import type { HookRequest } from '../../../channels/channel.ts'

export interface PushOptions {
  /** How many are on their way at once. */
  readonly atOnce: number
  /** Of a hundred that were taken, how many come again. */
  readonly againInHundred: number
}

export class Pushes {
  readonly #options: PushOptions
  readonly #waiting: (() => HookRequest)[] = []
  #take: ((request: HookRequest) => Promise<number>) | null = null
  #onTheWay = 0
  #count = 0
  #isClosed = false

  constructor(options: PushOptions = { atOnce: 8, againInHundred: 5 }) {
    this.#options = options
  }

  to(take: (request: HookRequest) => Promise<number>): void {
    this.#take = take
    this.#go()
  }

  /** `build` signs anew for each try. */
  send(build: () => HookRequest): void {
    this.#waiting.push(build)
    this.#go()
  }

  close(): void {
    this.#isClosed = true
    this.#waiting.length = 0
  }

  #go(): void {
    while (this.#take !== null && this.#onTheWay < this.#options.atOnce && !this.#isClosed) {
      const build = this.#waiting.shift()
      if (build === undefined) return
      this.#onTheWay += 1
      void this.#deliver(build, this.#take).finally(() => {
        this.#onTheWay -= 1
        this.#go()
      })
    }
  }

  async #deliver(build: () => HookRequest, take: (request: HookRequest) => Promise<number>): Promise<void> {
    for (let tries = 0; !this.#isClosed; tries += 1) {
      const status = await take(build()).catch(() => 500)
      if (status >= 200 && status < 300) break
      await sleep(Math.min(10 * 2 ** tries, 300))
    }
    this.#count += 1
    const again = this.#options.againInHundred
    if (again > 0 && this.#count % Math.round(100 / again) === 0) await take(build()).catch(() => 500)
  }
}
