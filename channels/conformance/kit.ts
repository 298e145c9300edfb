// The conformance kit: one suite for every channel, against a real server, a twin or a tape. It drives the channel as
// the core does. What the manifest declares `none` has no check; a check may be left to another run by its name.
import { afterAll, beforeAll, describe, test } from 'vitest'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Plug } from '../channel.ts'
import type { Backend, Fault } from './backend.ts'
import type { Check, Context, KitOptions, Settings } from './check.ts'
import { actChecks } from './checks-acts.ts'
import { captureChecks } from './checks-capture.ts'
import { changeChecks } from './checks-changes.ts'
import { faultChecks } from './checks-faults.ts'
import { hookChecks } from './checks-hooks.ts'
import { hostileChecks } from './checks-hostile.ts'
import { lossChecks } from './checks-loss.ts'
import { lastCheck, manifestChecks } from './checks-manifest.ts'
import { ruleChecks } from './checks-rules.ts'
import { Core } from './core.ts'
import { Listener } from './listener.ts'

/** In this order; the last one looks back at all others. */
const checks: readonly Check[] = [
  ...manifestChecks,
  ...captureChecks,
  ...actChecks,
  ...changeChecks,
  ...hookChecks,
  ...faultChecks,
  ...hostileChecks,
  ...ruleChecks,
  ...lossChecks,
  lastCheck,
]

const allFaults: readonly Fault['kind'][] = [
  'status',
  'html-error',
  'half-answer',
  'cut',
  'refuse',
  'slow',
  'lose-answer',
  'token-expired',
  'token-revoked',
]

function settingsOf(options: KitOptions): Settings {
  return {
    events: 1_000,
    kills: 20,
    texts: 500,
    pollMs: 30,
    patienceMs: 15_000,
    settleMs: 250,
    seed: Date.now() % 2 ** 31,
    faults: allFaults,
    leaveOut: {},
    missing: null,
    timeoutMs: 120_000,
    hasNoThreads: null,
    asksForNoPushes: null,
    ...options,
  }
}

/** A backend with a core that listens to it; ends with `close`. Where nothing is heard, the backend is closed here. */
export async function openContext(backend: Backend, options: KitOptions = {}): Promise<Context> {
  const settings = settingsOf(options)
  const random = seeded(settings.seed)
  const core = new Core(backend)
  const listener = new Listener(core, backend.plug.manifest.listens[0] ?? 'poll', {
    pollMs: settings.pollMs,
    random,
  })
  const context = { backend, core, listener, settings, exercised: new Set<never>(), random }
  if (backend.plug.manifest.listens.length === 0) return context
  try {
    await listener.start()
    await warmUp(context)
    return context
  } catch (error) {
    await listener.stop()
    await backend.close()
    throw error
  }
}

/** What was said before the very first listening is history; so somebody speaks until one word is heard. */
async function warmUp(context: Context): Promise<void> {
  const { backend, core, settings } = context
  const customer = await backend.newCustomer('Wilma Warm')
  const end = Date.now() + settings.patienceMs * 2
  for (let round = 0; Date.now() < end; round += 1) {
    await customer.say(`Is anybody there ${round}`)
    for (let look = 0; look < 20; look += 1) {
      if (core.kept.size > 0) return
      await sleep(50)
    }
  }
  throw new Error(
    `nothing was ever heard; failures: ${core.failures.map(({ message }) => message).join('; ')}`,
  )
}

/** Small and fast; the same seed gives the same numbers. */
function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

export interface Run {
  readonly plug: Plug
  readonly openBackend: () => Promise<Backend>
}

/** Elsewhere than in CI, where `test/peers/install.ts` fails whoever asks for what is not there. */
function leftOut(name: string, reason: string): void {
  test(`${name} conforms`, ({ skip }) => {
    skip(reason)
  })
}

/**
 * Registers the whole suite for one backend of one channel. What the manifest declares absent is no test; the checks of
 * the manifest see to it that it is refused.
 */
export function conformance(name: string, { plug, openBackend }: Run, options: KitOptions = {}): void {
  const missing = options.missing ?? null
  if (missing !== null) return leftOut(name, missing)
  const seed = options.seed ?? Date.now() % 2 ** 31
  const facts = { plug, settings: settingsOf(options) }
  const applying = checks.filter(
    (check) => check.without(facts) === null && facts.settings.leaveOut[check.name] === undefined,
  )
  describe(`${name} conforms (seed ${seed})`, () => {
    let context: Context
    const timeout = options.timeoutMs ?? 120_000
    beforeAll(async () => {
      context = await openContext(await openBackend(), { ...options, seed })
    }, timeout)
    afterAll(async () => {
      await context?.listener.stop()
      await context?.backend.close()
    }, timeout)
    for (const check of applying) {
      // oxlint-disable-next-line vitest/valid-title -- a sentence of a check
      test(check.title, { timeout }, () => check.run(context))
    }
  })
}
