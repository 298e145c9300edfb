// Does a push count only where the network itself sent it?
import assert from 'node:assert/strict'
import type { HookRequest } from '../channel.ts'
import { type Check, type Context, type Facts, eventually, meet, noBugs, words } from './check.ts'

/** A push as the network sends it, just accepted. */
async function realPush(context: Context): Promise<HookRequest> {
  const { listener, core } = context
  await listener.stop()
  await listener.start('push')
  const { customer } = await meet(context, 'Petra Push')
  listener.lastPush = null
  const marker = words('a push')
  await customer.say(marker)
  await eventually(context, 'no push came', () => core.with(marker).length > 0)
  return eventually(context, 'no push came', () => listener.lastPush ?? undefined)
}

async function receive({ core }: Context, request: HookRequest) {
  assert(core.channel.receive !== undefined)
  return core.channel.receive(request)
}

export async function onlyTheNetworkPushes(context: Context): Promise<void> {
  const { backend } = context
  const push = await realPush(context)
  const first = await receive(context, push)
  const again = await receive(context, push)
  assert.equal(first.result, 'accept')
  if (again.result === 'accept' && first.result === 'accept') {
    const keys = first.events.map(({ key }) => key)
    assert.deepEqual(
      again.events.map(({ key }) => key),
      keys,
      'the same push again counts as something new',
    )
  }
  const forged = backend.forge?.(push) ?? []
  assert(forged.length > 0, 'the backend forges nothing, so nothing is proven')
  for (const { what, request } of forged) {
    const received = await receive(context, request)
    assert.equal(received.result, 'reject', `accepted a push ${what}`)
  }
  const bare = await receive(context, { ...push, headers: {}, query: {} })
  assert.equal(bare.result, 'reject', 'accepted a push without any proof')
}

/** What is no push of this network at all is told so, whatever stands in it. */
async function refusesWhatIsNone(context: Context): Promise<void> {
  const push = await realPush(context)
  const bodies = ['', '{', 'null', '[]', '<html></html>', '\u0000', '{"entry":[{"changes":null}]}'].map(
    (text) => Buffer.from(text),
  )
  bodies.push(Buffer.alloc(10 * 1024 * 1024, 'x'))
  for (const body of bodies) {
    for (const method of ['POST', 'GET', 'DELETE']) {
      const received = await receive(context, { method, query: {}, headers: {}, body })
      assert.equal(received.result, 'reject', `accepted ${method} of ${body.length} bytes from nobody`)
      const proven = await receive(context, { ...push, method, body })
      if (proven.result === 'accept') assert(proven.events.length <= 1, 'read several events out of nonsense')
    }
  }
}

async function subscribesAgain(context: Context): Promise<void> {
  const { core, listener, backend } = context
  const { channel } = core
  assert(channel.subscribe !== undefined)
  await listener.stop()
  await listener.start('push')
  const now = backend.ports.clock.now()
  for (const lease of [await channel.subscribe(), await channel.subscribe()]) {
    assert(lease.until === null || lease.until > now, 'a lease that has already ended')
  }
  await meet(context, 'Lena Lease')
  assert(channel.unsubscribe !== undefined, 'what is subscribed can be ended')
  await channel.unsubscribe()
  await channel.unsubscribe()
  await channel.subscribe()
  await meet(context, 'Lars Lease')
  noBugs(context)
}

function pushes({ plug }: Facts): string | null {
  return plug.manifest.listens.includes('push') ? null : 'the network does not push'
}

export const hookChecks: readonly Check[] = [
  {
    name: 'forged',
    title: 'a push counts only where it is proven, and once',
    without: pushes,
    run: onlyTheNetworkPushes,
  },
  { name: 'nonsense', title: 'nonsense is no push', without: pushes, run: refusesWhatIsNone },
  {
    name: 'lease',
    title: 'pushes are asked for as often as one likes, ended, and asked for again',
    without: (facts) => pushes(facts) ?? facts.settings.asksForNoPushes,
    run: subscribesAgain,
  },
]
