// What a check of the kit is, and the few moves that all checks share.
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Acted, Act, Command, Target } from '../acting.ts'
import type { Plug } from '../channel.ts'
import type { Capability } from '../manifest.ts'
import type { Backend, Customer, Fault, Said, Seen } from './backend.ts'
import type { Core, Kept } from './core.ts'
import type { Listener, Way } from './listener.ts'

export interface KitOptions {
  /** Events of the test for loss; 1,000 where left out, fewer where a peer is slow. */
  readonly events?: number
  /** How often the listener is killed meanwhile. */
  readonly kills?: number
  /** Random texts of the test of the text rules; 500 where left out. */
  readonly texts?: number
  /** The pace of polls in the kit. */
  readonly pollMs?: number
  /** How long to wait for what must come. */
  readonly patienceMs?: number
  /** How long to wait for what must not come. */
  readonly settleMs?: number
  readonly seed?: number
  /** For networks that know no answers to something: why. */
  readonly hasNoThreads?: string
  /** For networks that push to an address that is told to them by hand: why. */
  readonly asksForNoPushes?: string
  /** Faults that make sense on the way to this network; all where left out. */
  readonly faults?: readonly Fault['kind'][]
  /** Checks that this run leaves to another run of the same channel, by name, each with the reason. */
  readonly leaveOut?: Readonly<Record<string, string>>
  /** Why the backend cannot be started on this machine: all is left out. In CI that is a failure. */
  readonly missing?: string | null
  /** For one test. */
  readonly timeoutMs?: number
}

type Reasons = 'hasNoThreads' | 'asksForNoPushes'
export type Settings = Required<Omit<KitOptions, Reasons>> & Readonly<Record<Reasons, string | null>>

/** What is known of a channel and its run before anything is started. */
export interface Facts {
  readonly plug: Plug
  readonly settings: Settings
}

export interface Context {
  readonly backend: Backend
  readonly core: Core
  readonly listener: Listener
  readonly settings: Settings
  /** Capabilities that a check has seen at work. */
  readonly exercised: Set<Capability>
  readonly random: () => number
}

export interface Check {
  /** One word or two, by which a backend leaves it out. */
  readonly name: string
  /** A sentence: what holds. */
  readonly title: string
  /** What the channel declares absent, so that it does not apply; null where it does. */
  readonly without: (facts: Facts) => string | null
  readonly run: (context: Context) => Promise<void>
}

export function declares(context: Context, capability: Capability): boolean {
  return context.backend.plug.manifest.capabilities[capability].level !== 'none'
}

/** Null where the manifest declares it, else the reason that it gives. */
export function unless(capability: Capability): Check['without'] {
  return ({ plug }) => {
    const support = plug.manifest.capabilities[capability]
    return support.level === 'none' ? `${capability}: none, ${support.reason}` : null
  }
}

export function listensBy(way: Way): Check['without'] {
  return ({ plug }) => (plug.manifest.listens.includes(way) ? null : `the manifest does not listen by ${way}`)
}

/** Words that nobody said before. */
export function words(about: string): string {
  return `${about} ${randomBytes(5).toString('hex')}`
}

export function newKey(): string {
  return `kit-${randomBytes(12).toString('hex')}`
}

/** Asks until there is an answer; fails with `what` when patience ends. */
export async function eventually<Value>(
  context: Context,
  what: string,
  ask: () => Value | undefined | false | Promise<Value | undefined | false>,
): Promise<Value> {
  const end = Date.now() + context.settings.patienceMs
  for (;;) {
    const found = await ask()
    if (found !== undefined && found !== false) return found
    if (Date.now() > end) assert.fail(`${what}: waited ${context.settings.patienceMs} ms${troubles(context)}`)
    await sleep(25)
  }
}

function troubles({ core }: Context): string {
  const bug = core.bugs.at(-1)
  const failure = core.failures.at(-1)
  const said = bug === undefined ? '' : `; last bug at ${bug.where}: ${String(bug.error)}`
  return failure === undefined ? said : `${said}; last failure ${failure.code}: ${failure.message}`
}

/** Nothing went wrong that no channel may do; what did is told once. */
export function noBugs({ core }: Context, when = 'the channel did what no channel may do'): void {
  const bugs = core.bugs.splice(0).map(({ where, error }) => `${where}: ${String(error).slice(0, 500)}`)
  assert.deepEqual(bugs, [], when)
}

/** What the channel heard of what a customer said. */
export function heard(context: Context, said: Said): Promise<Kept> {
  return eventually(context, `never heard ${said.externalId}`, () => context.core.find(said.externalId))
}

/** A new customer and the first words of theirs that we heard. */
export async function meet(
  context: Context,
  name: string,
): Promise<{ readonly customer: Customer; readonly said: Said; readonly kept: Kept }> {
  const customer = await context.backend.newCustomer(name)
  const said = await customer.say(words('Hello from'))
  return { customer, said, kept: await heard(context, said) }
}

export function command(what: Act, target: Target, text: string, more: Partial<Command> = {}): Command {
  return { what, target, text, speaker: 'Ada of Horseshoe', presence: null, ...more }
}

/** Lets time go by on the network. */
export async function wait(context: Context, ms: number): Promise<void> {
  if (context.backend.wait !== undefined) await context.backend.wait(ms)
  else await sleep(ms)
}

/** As the core acts: waits as long as the network asks to, then tries again under the same key. */
export async function act(context: Context, order: Command, key = newKey()): Promise<Acted> {
  const { core, backend } = context
  const presence = backend.link.account?.handle ?? null
  let acted: Acted
  let tries = 0
  do {
    acted = await core.channel.act({ ...order, presence: order.presence ?? presence }, key)
    tries += 1
    if (acted.result !== 'refused' || acted.error !== 'rate') break
    await wait(context, acted.retryAfterMs ?? 1_000)
  } while (tries < 20)
  if (acted.result === 'done') {
    for (const id of [acted.networkId, ...(acted.otherIds ?? [])]) core.ours.add(id)
    await backend.committed?.(order, key)
  }
  return acted
}

/** The name of what an act made; fails with its reason where it did not take effect. */
export async function done(context: Context, order: Command, key = newKey()): Promise<string> {
  const acted = await act(context, order, key)
  assert.equal(acted.result, 'done', `${order.what}: ${describe(acted)}`)
  assert(acted.result === 'done')
  assert.notEqual(acted.networkId, '', `${order.what} made something without a name`)
  return acted.networkId
}

export function describe(acted: Acted): string {
  return acted.result === 'refused'
    ? `refused ${acted.error}: ${acted.detail}`
    : `${acted.result}: ${acted.detail}`
}

/** What of ours a customer sees with these words in it. */
export async function seen(customer: Customer, text: string): Promise<readonly Seen[]> {
  return (await customer.inbox()).filter((each) => each.text.includes(text))
}

/** Exactly one such word of ours reaches the customer, and no second one follows. */
export async function seenOnce(context: Context, customer: Customer, text: string): Promise<Seen> {
  await eventually(
    context,
    `the customer never saw "${text}"`,
    async () => (await seen(customer, text)).length > 0,
  )
  await sleep(context.settings.settleMs)
  const all = await seen(customer, text)
  assert.equal(all.length, 1, `the customer saw "${text}" ${all.length} times`)
  const [only] = all
  assert(only)
  return only
}

/** The other side is well again, whatever a check did to it. */
export async function withFault(context: Context, fault: Fault, work: () => Promise<void>): Promise<void> {
  context.backend.fault(fault)
  try {
    await work()
  } finally {
    context.backend.fault(null)
  }
}
