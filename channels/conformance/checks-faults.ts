// Does the channel tell what went wrong, and go on when it is well again?
import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Acted } from '../acting.ts'
import { ChannelFailure } from '../channel.ts'
import type { Customer, Fault } from './backend.ts'
import {
  act,
  command,
  declares,
  describe,
  eventually,
  heard,
  meet,
  newKey,
  seen,
  withFault,
  words,
  type Check,
  type Context,
  noBugs,
} from './check.ts'
import { openChannel } from './core.ts'

/** Faults on the way, with what a check may say of them. */
const weather: readonly Fault[] = [
  { kind: 'status', status: 500 },
  { kind: 'status', status: 503, headers: { 'retry-after': '1' } },
  { kind: 'html-error' },
  { kind: 'half-answer' },
  { kind: 'cut' },
  { kind: 'refuse' },
]

const tooMuch: Fault = { kind: 'status', status: 429, headers: { 'retry-after': '7' } }

function canHave({ settings }: Pick<Context, 'settings'>, kind: Fault['kind']): boolean {
  return settings.faults.includes(kind)
}

const without =
  (kind: Fault['kind']): Check['without'] =>
  (facts) =>
    canHave(facts, kind) ? null : `${kind} does not happen on the way to this network`

/** While the way is bad acts are refused or unknown, never done that are not; what was said meanwhile is heard after. */
export async function weathersFaults(context: Context): Promise<void> {
  for (const fault of weather) {
    if (canHave(context, fault.kind)) await weathersFault(context, fault)
  }
}

async function weathersFault(context: Context, fault: Fault): Promise<void> {
  const { core } = context
  const name = fault.kind === 'status' ? `status ${fault.status}` : fault.kind
  const { customer, kept } = await meet(context, 'Fay Fault')
  const text = words(`Through ${name}`)
  let acted: Acted | undefined
  let meanwhile
  context.backend.fault(fault)
  try {
    if (declares(context, 'reply')) {
      acted = await core.channel.act(
        command('reply', core.targetOf(kept), text, presenceOf(context)),
        newKey(),
      )
    }
    await checkSays(context, ['unreachable', 'ok'], name)
    meanwhile = await customer.say(words(`During ${name}`))
    await sleep(100)
  } finally {
    context.backend.fault(null)
  }
  await heard(context, meanwhile)
  await sleep(context.settings.settleMs)
  if (acted === undefined) return noBugs(context, `${name} made the channel throw what is no failure`)
  const count = (await seen(customer, text)).length
  if (acted.result === 'done') assert.equal(count, 1, `${name}: done, and the customer saw it ${count} times`)
  if (acted.result === 'refused') {
    assert.equal(count, 0, `${name}: ${describe(acted)}, and the customer saw it`)
    assert.match(acted.error, /^(network\.down|contract\.violation|rate)$/, `${name}: ${describe(acted)}`)
  }
  assert(count <= 1, `${name}: sent ${count} times`)
  const after = words(`After ${name}`)
  const then = await act(context, command('reply', core.targetOf(kept), after))
  assert.equal(then.result, 'done', `after ${name}: ${describe(then)}`)
  noBugs(context, `${name} made the channel throw what is no failure`)
}

function presenceOf({ backend }: Context) {
  return { presence: backend.link.account?.handle ?? null }
}

async function checkSays(context: Context, states: readonly string[], when: string): Promise<void> {
  const checked = await context.core.channel.check?.()
  if (checked === undefined) return
  assert(states.includes(checked.state), `${when}: a check says ${checked.state}: ${checked.detail}`)
  assert.notEqual(checked.detail, '', `${when}: a check says nothing`)
}

/** A slow network is no broken one. */
async function bearsSlowness(context: Context): Promise<void> {
  const { customer, kept } = await meet(context, 'Slavo Slow')
  const text = words('Slowly')
  const fault: Fault = { kind: 'slow', ms: 400 }
  if (!declares(context, 'reply')) return hearsSlowly(context, customer, fault)
  await withFault(context, fault, async () => {
    const acted = await act(context, command('reply', context.core.targetOf(kept), text))
    assert.equal(acted.result, 'done', `slow: ${describe(acted)}`)
  })
  await eventually(context, 'it never arrived', async () => (await seen(customer, text)).length === 1)
}

/** Where we cannot answer: what is said is heard all the same, once. */
async function hearsSlowly(context: Context, customer: Customer, fault: Fault): Promise<void> {
  const { core } = context
  const failures = core.failures.length
  const text = words('Slowly said')
  await withFault(context, fault, async () => {
    await heard(context, await customer.say(text))
    await checkSays(context, ['ok'], 'slow')
  })
  assert.equal(core.failures.length, failures, `slow: ${core.failures.at(-1)?.message}`)
  assert.equal(core.with(text).length, 1, 'heard twice, as the line was slow')
  noBugs(context)
}

/** Waits as long as it is told, and says so. */
export async function waitsAsTold(context: Context): Promise<void> {
  const { core, listener } = context
  const { customer, kept } = await meet(context, 'Rae Rate')
  await listener.stop()
  if (!declares(context, 'reply')) {
    await withFault(context, tooMuch, () => pollWaits(context))
    await listener.start()
    await heard(context, await customer.say(words('Less now')))
    return
  }
  const text = words('Too much')
  await withFault(context, tooMuch, async () => {
    const acted = await core.channel.act(
      command('reply', core.targetOf(kept), text, presenceOf(context)),
      newKey(),
    )
    assert.equal(acted.result, 'refused', describe(acted))
    assert(acted.result === 'refused')
    assert.equal(acted.error, 'rate', describe(acted))
    assertAsTold(acted.retryAfterMs ?? null)
    if (core.channel.poll !== undefined) await pollWaits(context)
  })
  assert.deepEqual(await seen(customer, text), [])
  await listener.start()
  assert.equal((await act(context, command('reply', core.targetOf(kept), text))).result, 'done')
}

async function pollWaits({ core }: Context): Promise<void> {
  assert(core.channel.poll !== undefined, 'it neither answers nor polls, and cannot be told to wait')
  const failure = await failureOf(core.channel.poll(core.cursor, 10))
  assert.equal(failure.code, 'rate', failure.message)
  assertAsTold(failure.retryAfterMs)
}

function assertAsTold(ms: number | null): void {
  assert(ms !== null, 'it was told to wait, and does not say how long')
  assert(ms >= 6_000 && ms <= 9_000, `it was told to wait 7 s, and says ${ms} ms`)
}

async function failureOf(work: Promise<unknown>): Promise<ChannelFailure> {
  const error: unknown = await work.then(
    () => assert.fail('it worked, and should not have'),
    (reason: unknown) => reason,
  )
  assert(error instanceof ChannelFailure, `no failure of the closed set: ${String(error)}`)
  return error
}

/** Secrets that ran out are renewed where the network knows that, else a person is asked. */
async function renewsSecrets(context: Context): Promise<void> {
  const { core, backend, listener } = context
  const { customer, kept } = await meet(context, 'Toni Token')
  await listener.stop()
  const text = words('With a new token')
  await withFault(context, { kind: 'token-expired' }, async () => {
    const acted = await act(context, command('reply', core.targetOf(kept), words('With an old token')))
    assert(acted.result === 'refused', describe(acted))
    assert.match(acted.error, /^auth\./, describe(acted))
    if (core.channel.refresh === undefined) {
      await checkSays(context, ['needs-reauth'], 'token expired')
      return
    }
    const secrets = await core.channel.refresh()
    const renewed = openChannel(backend, { ...backend.link.secrets, ...secrets })
    const then = await renewed.act(command('reply', core.targetOf(kept), text, presenceOf(context)), newKey())
    assert.equal(then.result, 'done', `after the renewal: ${describe(then)}`)
    await eventually(context, 'it never arrived', async () => (await seen(customer, text)).length === 1)
    core.channel = renewed
  })
  await listener.start()
  await meet(context, 'Tim Token')
}

async function saysWhenRevoked(context: Context): Promise<void> {
  const { core, listener } = context
  const { kept } = await meet(context, 'Rene Revoked')
  await listener.stop()
  await withFault(context, { kind: 'token-revoked' }, async () => {
    const acted = await act(context, command('reply', core.targetOf(kept), words('Without a token')))
    assert(acted.result === 'refused', describe(acted))
    assert.match(acted.error, /^auth\./, describe(acted))
    await checkSays(context, ['needs-reauth'], 'token revoked')
    if (core.channel.refresh !== undefined) {
      const failure = await failureOf(core.channel.refresh())
      assert.match(failure.code, /^auth\.(revoked|expired)$/)
    }
    if (core.channel.poll !== undefined) {
      const failure = await failureOf(core.channel.poll(core.cursor, 10))
      assert.match(failure.code, /^auth\./, failure.message)
    }
  })
  await listener.start()
  await meet(context, 'Ruth Revoked')
  const acted = await act(context, command('reply', core.targetOf(kept), words('Well again')))
  assert.equal(acted.result, 'done', describe(acted))
}

export const faultChecks: readonly Check[] = [
  {
    name: 'weather',
    title:
      'errors, cut lines and nonsense from the network lose nothing, double nothing and end by themselves',
    without: () => null,
    run: weathersFaults,
  },
  { name: 'slow', title: 'a slow network is no broken one', without: without('slow'), run: bearsSlowness },
  {
    name: 'rate',
    title: 'it waits as long as the network asks',
    without: without('status'),
    run: waitsAsTold,
  },
  {
    name: 'expired',
    title: 'secrets that ran out are renewed, or a person is asked',
    without: without('token-expired'),
    run: renewsSecrets,
  },
  {
    name: 'revoked',
    title: 'secrets that were revoked are told apart from a bad line',
    without: without('token-revoked'),
    run: saysWhenRevoked,
  },
]
