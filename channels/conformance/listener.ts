// Listens as the server does, in one of the ways that the manifest names, and can be killed at any moment: what was
// received and not committed is lost then, as it would be with a process.
import { setTimeout as sleep } from 'node:timers/promises'
import { ChannelFailure, type HookAnswer, type HookRequest, type RawEvent } from '../channel.ts'
import type { Core } from './core.ts'

export type Way = 'stream' | 'push' | 'poll'

export interface ListenerOptions {
  readonly pollMs: number
  readonly random: () => number
}

export class Listener {
  readonly #core: Core
  readonly #options: ListenerOptions
  #way: Way
  /** Each life of the listener has a number; what an earlier life still holds is never committed. */
  #life = 0
  #isUp = false
  #abort = new AbortController()
  #running: Promise<void> = Promise.resolve()
  /** Each way has a cursor of its own. */
  readonly #cursors = new Map<Way, string | null>()
  /** The last push that was accepted. */
  lastPush: HookRequest | null = null

  constructor(core: Core, way: Way, options: ListenerOptions) {
    this.#core = core
    this.#way = way
    this.#options = options
    core.backend.onPush?.((request) => this.#take(request))
    core.backend.onChallenge?.((request) => this.#challenge(request))
    core.backend.onKept?.((events) => this.#keep(events))
  }

  get way(): Way {
    return this.#way
  }

  /** Listens from the committed cursor on; the other way of pushes is turned off or on first. */
  async start(way: Way = this.#way): Promise<void> {
    const { channel } = this.#core
    this.#cursors.set(this.#way, this.#core.cursor)
    this.#core.cursor = this.#cursors.get(way) ?? null
    this.#way = way
    this.#life += 1
    this.#isUp = true
    if (way === 'push') {
      await channel.subscribe?.()
      return
    }
    if (channel.manifest.listens.includes('push')) await channel.unsubscribe?.()
    this.#abort = new AbortController()
    const life = this.#life
    const signal = this.#abort.signal
    this.#running = way === 'poll' ? this.#poll(life) : this.#stream(life, signal)
  }

  /** Ends at once; resolves when nothing of it runs any more. */
  async stop(): Promise<void> {
    this.#isUp = false
    this.#life += 1
    this.#abort.abort()
    await this.#running
    await this.#core.settled()
  }

  /** A process that dies and is started anew. */
  async killAndStart(): Promise<void> {
    await this.stop()
    await sleep(this.#options.random() * 10)
    await this.start()
  }

  async #poll(life: number): Promise<void> {
    while (life === this.#life) {
      await this.#guard(async () => {
        const polled = await this.#core.channel.poll?.(this.#core.cursor, 100)
        if (polled === undefined) throw new Error('the manifest says poll, and the channel has none')
        await this.#commit(life, polled.events, polled.cursor)
        if (!polled.more) await sleep(Math.min(polled.pollAfterMs ?? Infinity, this.#options.pollMs))
      })
    }
  }

  async #stream(life: number, signal: AbortSignal): Promise<void> {
    while (life === this.#life) {
      await this.#guard(async () => {
        const stream = this.#core.channel.stream?.(this.#core.cursor, signal)
        if (stream === undefined) throw new Error('the manifest says stream, and the channel has none')
        for await (const { events, cursor } of stream) {
          await this.#commit(life, events, cursor)
          if (life !== this.#life) return
        }
        await sleep(20)
      })
    }
  }

  /** A failure is what a channel may say; everything else is a bug. Both are tried again, as the core does. */
  async #guard(work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      if (error instanceof ChannelFailure) this.#core.failures.push(error)
      else if (this.#isUp) this.#core.bugs.push({ where: `listening by ${this.#way}`, error })
      await sleep(50)
    }
  }

  async #commit(life: number, events: readonly RawEvent[], cursor: string | null | undefined): Promise<void> {
    if (events.length > 0) await sleep(this.#options.random() * 3)
    if (life === this.#life) this.#core.commit(events, cursor)
  }

  async #take(request: HookRequest): Promise<number> {
    const life = this.#life
    if (!this.#isUp || this.#way !== 'push') return 503
    const received = await this.#core.channel.receive?.(request)
    if (received === undefined) return 404
    if (received.result === 'reject') return received.status
    if (received.result === 'challenge') return received.answer.status
    this.lastPush = request
    await this.#commit(life, received.events, undefined)
    // Killed before the commit, or after it and before the answer: the network hears of neither.
    if (life !== this.#life) return 503
    return received.answer?.status ?? 200
  }

  async #challenge(request: HookRequest): Promise<HookAnswer | null> {
    const received = await this.#core.channel.receive?.(request)
    return received?.result === 'challenge' ? received.answer : null
  }

  async #keep(events: readonly RawEvent[]): Promise<void> {
    const life = this.#life
    if (!this.#isUp) throw new Error('the core is down')
    await this.#commit(life, events, undefined)
    if (life !== this.#life) throw new Error('the core went down')
  }
}
