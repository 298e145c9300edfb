// Do changes and deletions go both ways?
import assert from 'node:assert/strict'
import {
  command,
  done,
  eventually,
  heard,
  meet,
  seen,
  seenOnce,
  unless,
  words,
  type Check,
  type Context,
} from './check.ts'

async function customersEdit(context: Context): Promise<void> {
  const { customer } = await meet(context, 'Edda Edit')
  // A network on which nobody can change a word.
  if (customer.edit === undefined) return
  const before = words('As first said')
  const said = await customer.say(before)
  await heard(context, said)
  const after = words('As said better')
  await customer.edit(said, after)
  await eventually(context, 'the change never came', () =>
    context.core.find(said.externalId)?.engagement.text.includes(after),
  )
  assert.equal(context.core.with(before).length, 0, 'the old words still stand')
  assert.equal(context.core.with(after).length, 1, 'the change came as something new')
}

async function customersDelete(context: Context): Promise<void> {
  const { core } = context
  const { customer } = await meet(context, 'Dela Delete')
  assert(customer.remove !== undefined, 'the manifest says deletions, and no customer can delete')
  const kept = await customer.say(words('This stays'))
  const gone = await customer.say(words('This goes'))
  await heard(context, kept)
  await heard(context, gone)
  await customer.remove(gone)
  await eventually(context, 'the deletion never came', async () => {
    if (core.find(gone.externalId)?.state === 'gone') return true
    const found = await core.channel.reconcileDeletes?.([kept.externalId, gone.externalId])
    if (found !== undefined) assert(!found.includes(kept.externalId), 'what stands is said to be gone')
    return found?.includes(gone.externalId)
  })
  assert.equal(core.find(kept.externalId)?.state, 'live')
  context.exercised.add('deletions')
}

async function weEdit(context: Context): Promise<void> {
  const { core } = context
  const { customer, kept } = await meet(context, 'Otto Ours')
  const before = words('With a mistike')
  const target = core.targetOf(kept)
  const id = await done(context, command('reply', target, before))
  await seenOnce(context, customer, before)
  const after = words('Without a mistake')
  await done(context, command('edit', { ...target, ownExternalIds: [id] }, after))
  await seenOnce(context, customer, after)
  assert.deepEqual(await seen(customer, before), [], 'the customer still sees the old words')
  context.exercised.add('edit')
}

async function weDelete(context: Context): Promise<void> {
  const { core } = context
  const { customer, kept } = await meet(context, 'Dora Ours')
  const text = words('Said too early')
  const target = core.targetOf(kept)
  const id = await done(context, command('reply', target, text))
  await seenOnce(context, customer, text)
  await done(context, command('delete', { ...target, ownExternalIds: [id] }, ''))
  await eventually(
    context,
    'the customer still sees it',
    async () => (await seen(customer, text)).length === 0,
  )
  await heard(context, await customer.say(words('All well')))
  context.exercised.add('delete')
}

export const changeChecks: readonly Check[] = [
  {
    name: 'edit-in',
    title: 'what a customer changes is changed here',
    without: unless('listen'),
    run: customersEdit,
  },
  {
    name: 'delete-in',
    title: 'what a customer deletes is gone here, and nothing else',
    without: unless('deletions'),
    run: customersDelete,
  },
  {
    name: 'edit-out',
    title: 'what we change the customer sees changed',
    without: unless('edit'),
    run: weEdit,
  },
  {
    name: 'delete-out',
    title: 'what we delete the customer sees no more',
    without: unless('delete'),
    run: weDelete,
  },
]
