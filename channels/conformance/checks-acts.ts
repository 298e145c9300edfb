// Do our words arrive, once, where they belong?
import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Act, Acted, Command } from '../acting.ts'
import type { Customer, Said } from './backend.ts'
import {
  act,
  command,
  declares,
  describe,
  done,
  eventually,
  heard,
  meet,
  newKey,
  seen,
  seenOnce,
  unless,
  withFault,
  words,
  type Check,
  type Context,
} from './check.ts'

/** Our own words that come back from the network are ours, under the name that the act gave. */
async function knownAsOurs({ core, settings }: Context, text: string): Promise<void> {
  await sleep(settings.settleMs)
  await core.settled()
  for (const { engagement } of core.with(text)) {
    assert.equal(engagement.direction, 'out', 'our own words were taken for a customer')
    assert(core.ours.has(engagement.externalId), 'our own words came back under another name')
  }
}

export async function roundTrip(context: Context): Promise<void> {
  const { core, settings } = context
  const { customer, said, kept } = await meet(context, 'Rita Round')
  const stranger = await context.backend.newCustomer('Stan Stranger')
  const text = words('We answer')
  await done(context, command('reply', core.targetOf(kept), text))
  const got = await seenOnce(context, customer, text)
  if (settings.hasNoThreads === null)
    assert.equal(got.below, said.externalId, 'the answer stands in another place')
  assert.equal(got.isPrivate, kept.engagement.visibility === 'direct', 'another circle sees the answer')
  if (got.isPrivate) assert.deepEqual(await seen(stranger, text), [], 'a stranger sees it')
  await knownAsOurs(context, text)
  context.exercised.add('reply')
}

/** A key is one act, however often it is asked for. */
export async function sameKeySameAct(context: Context): Promise<void> {
  const { customer, kept } = await meet(context, 'Kim Key')
  const text = words('Only once')
  const key = newKey()
  const order = command('reply', context.core.targetOf(kept), text)
  const first = await done(context, order, key)
  const second = await act(context, order, key)
  if (second.result === 'done') assert.equal(second.networkId, first, 'one key made two things')
  assert.notEqual(second.result === 'refused' && second.error !== 'duplicate', true, describe(second))
  await seenOnce(context, customer, text)
  const name = context.core.channel.nameFor(key)
  if (name !== null) assert.equal(first, name, 'the network names it otherwise than we foretold')
}

/** It takes effect, and the answer is lost: then it is read back, never sent again. */
export async function lostAnswer(context: Context): Promise<void> {
  const { core } = context
  const { customer, kept } = await meet(context, 'Lou Lost')
  const text = words('Answer lost')
  const key = newKey()
  const order: Command = command('reply', core.targetOf(kept), text)
  let acted: Acted | undefined
  await withFault(context, { kind: 'lose-answer' }, async () => {
    acted = await act(context, order, key)
  })
  assert(acted)
  assert.notEqual(acted.result, 'refused', `it took effect, and is said to be ${describe(acted)}`)
  await seenOnce(context, customer, text)
  const presence = context.backend.link.account?.handle ?? null
  if (acted.result === 'unknown' && declares(context, 'readBack')) {
    await eventually(context, 'reading back does not find it', async () => {
      const found = await core.channel.readBack({ ...order, presence }, key)
      return found === 'there' || typeof found === 'object'
    })
  }
  await act(context, order, key)
  await seenOnce(context, customer, text)
}

async function readsBack(context: Context): Promise<void> {
  const { core, backend } = context
  const { customer, kept } = await meet(context, 'Bea Back')
  const presence = backend.link.account?.handle ?? null
  const text = words('Read back')
  const order = { ...command('reply', core.targetOf(kept), text), presence }
  const key = newKey()
  const before = await core.channel.readBack(order, key)
  assert(before === 'absent' || before === 'cannot-say', 'what was never sent is said to be there')
  const networkId = await done(context, order, key)
  await seenOnce(context, customer, text)
  await eventually(context, 'reading back does not find it', async () => {
    const found = await core.channel.readBack(order, key)
    if (typeof found === 'object')
      assert.equal(found.networkId, networkId, 'reading back finds another thing')
    return found === 'there' || typeof found === 'object'
  })
  context.exercised.add('readBack')
}

async function notifies(context: Context): Promise<void> {
  const { customer, kept } = await meet(context, 'Nora Notice')
  const text = words('Something waits for you')
  const { address, subject } = context.core.targetOf(kept)
  const target = { address, subject, parentExternalId: null, earlierExternalIds: [] }
  await done(context, command('notice', target, text))
  await seenOnce(context, customer, text)
  context.exercised.add('notify')
}

const nobody = { address: null, parentExternalId: null, earlierExternalIds: [], subject: null }

/** What stands under our name can be answered. */
async function posts(context: Context): Promise<void> {
  const customer = await context.backend.newCustomer('Paula Post')
  const text = words('News of ours')
  const ours: Said = { externalId: await done(context, command('post', nobody, text)) }
  const back = await heard(context, await customer.reply(ours, words('Good news')))
  if (context.settings.hasNoThreads === null) {
    assert.equal(back.engagement.parentExternalId ?? back.engagement.threadExternalId, ours.externalId)
  }
  await knownAsOurs(context, text)
  context.exercised.add('post')
}

async function reacts(context: Context): Promise<void> {
  const { kept } = await meet(context, 'Remy React')
  const target = context.core.targetOf(kept)
  const signs: readonly Act[] = ['like', 'share']
  const acted = [
    await act(context, command('like', target, '')),
    await act(context, command('share', target, '')),
  ]
  assert(
    acted.some(({ result }) => result === 'done'),
    acted.map(describe).join('; '),
  )
  for (const [index, each] of acted.entries()) {
    if (each.result !== 'done') assert.equal(each.result, 'refused', `${signs[index]}: ${describe(each)}`)
  }
  context.exercised.add('react')
}

/** What was said between two stays between two. */
export async function keepsPrivate(context: Context): Promise<void> {
  const { core } = context
  const customer: Customer = await context.backend.newCustomer('Pia Private')
  assert(customer.direct !== undefined, 'the manifest says direct, and no customer can write directly')
  const said = await customer.direct(words('Between us'))
  const kept = await heard(context, said)
  assert.equal(kept.engagement.visibility, 'direct', 'a word between two is shown to others')
  const text = words('Between us too')
  await done(context, command('reply', core.targetOf(kept), text))
  assert((await seenOnce(context, customer, text)).isPrivate, 'our private answer is public')
  for (const { engagement } of core.with(text)) assert.equal(engagement.visibility, 'direct')
  context.exercised.add('direct')
}

async function tellsReceipts(context: Context): Promise<void> {
  const { core } = context
  const { customer, kept } = await meet(context, 'Rex Receipt')
  const text = words('Did you read this')
  const networkId = await done(context, command('reply', core.targetOf(kept), text))
  await seenOnce(context, customer, text)
  const receipt = await eventually(context, 'no receipt came', () =>
    core.receipts.find((each) => each.networkId === networkId),
  )
  assert(receipt.state === 'delivered' || receipt.state === 'read', `a receipt of ${receipt.state}`)
  context.exercised.add('receipts')
}

export const actChecks: readonly Check[] = [
  {
    name: 'round-trip',
    title: 'an answer reaches the customer once, in its place, and is known as ours',
    without: unless('reply'),
    run: roundTrip,
  },
  { name: 'key', title: 'one key is one act', without: unless('reply'), run: sameKeySameAct },
  {
    name: 'lost-answer',
    title: 'an act whose answer was lost happens once',
    without: (facts) =>
      facts.settings.faults.includes('lose-answer')
        ? unless('reply')(facts)
        : 'no answer is lost on the way to this network',
    run: lostAnswer,
  },
  {
    name: 'read-back',
    title: 'whether an act took effect is read back',
    without: unless('readBack'),
    run: readsBack,
  },
  { name: 'notice', title: 'a notice reaches the customer', without: unless('notify'), run: notifies },
  { name: 'post', title: 'a post of ours can be answered', without: unless('post'), run: posts },
  { name: 'react', title: 'a sign of ours takes effect', without: unless('react'), run: reacts },
  {
    name: 'direct',
    title: 'what was said between two stays between two',
    without: unless('direct'),
    run: keepsPrivate,
  },
  {
    name: 'receipts',
    title: 'the network tells what arrived',
    without: unless('receipts'),
    run: tellsReceipts,
  },
]
