// Is everything heard, once, as what it is?
import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Polled } from '../channel.ts'
import type { Said } from './backend.ts'
import {
  act,
  command,
  declares,
  done,
  eventually,
  heard,
  listensBy,
  meet,
  unless,
  words,
  type Check,
  type Context,
  noBugs,
} from './check.ts'
import type { Kept } from './core.ts'
import type { Way } from './listener.ts'

/** Exactly these with these words, and nothing that came of it twice. */
async function exactly(context: Context, marker: string, said: readonly Said[]): Promise<readonly Kept[]> {
  for (const each of said) await heard(context, each)
  await sleep(context.settings.settleMs)
  await context.core.settled()
  const found = context.core.with(marker)
  assert.deepEqual(
    found.map(({ engagement }) => engagement.externalId).toSorted(),
    said.map(({ externalId }) => externalId).toSorted(),
    `${found.length} heard of ${said.length} said`,
  )
  return found
}

/** It stands below that: by the tree, or in its thread where the network knows no tree. */
function assertBelow(context: Context, below: Kept, above: Said): void {
  if (context.settings.hasNoThreads !== null) return
  const { engagement } = below
  if (engagement.parentExternalId === above.externalId) return
  const thread = context.core.find(above.externalId)?.engagement.threadExternalId
  assert(
    engagement.threadExternalId !== undefined && engagement.threadExternalId === thread,
    `${engagement.externalId} stands below ${String(engagement.parentExternalId)}, not below ${above.externalId}`,
  )
}

export async function capturesEverything(context: Context, way: Way): Promise<void> {
  const { backend, listener } = context
  await listener.stop()
  await listener.start(way)
  const marker = words(`by ${way}`)
  const ada = await meet(context, 'Ada Capture')
  const ben = await meet(context, 'Ben Capture')
  const one = await ada.customer.say(`${marker} one`)
  const two = await ben.customer.say(`${marker} two, with ünïcödé 👩‍👩‍👧 и 漢字`)
  const three = await ada.customer.reply(one, `${marker} three`)
  const found = await exactly(context, marker, [one, two, three])
  for (const { engagement } of found) {
    assert.equal(engagement.type, 'Create')
    assert.equal(engagement.direction, 'in')
    assert.equal(engagement.source, backend.plug.manifest.source)
    assert.equal(engagement.channel ?? engagement.source, backend.plug.manifest.channel)
    assertFresh(context, engagement.publishedAt)
  }
  const [first, second, third] = [
    await heard(context, one),
    await heard(context, two),
    await heard(context, three),
  ]
  assert(second.engagement.text.includes('ünïcödé 👩‍👩‍👧 и 漢字'), 'other scripts came in broken')
  const author = first.engagement.author
  assert.equal(third.engagement.author.externalId, author.externalId, 'one person has two names')
  assert.equal(ada.kept.engagement.author.externalId, author.externalId, 'one person has two names')
  assert.notEqual(second.engagement.author.externalId, author.externalId, 'two persons have one name')
  assertBelow(context, third, one)
  await answersOfOurs(context, ada)
  noBugs(context)
  context.exercised.add('listen')
}

function assertFresh({ backend }: Context, publishedAt: string): void {
  const off = Math.abs(Date.parse(publishedAt) - backend.ports.clock.now())
  assert(off < 24 * 3_600_000, `the network's time is ${publishedAt}`)
}

/** What customers do with words of ours. */
async function answersOfOurs(context: Context, ada: Awaited<ReturnType<typeof meet>>): Promise<void> {
  if (!declares(context, 'reply')) return
  const networkId = await done(
    context,
    command('reply', context.core.targetOf(ada.kept), words('Our answer')),
  )
  const ours = { externalId: networkId }
  const back = await ada.customer.reply(ours, words('Thank you'))
  assertBelow(context, await heard(context, back), ours)
  if (ada.customer.like !== undefined) {
    await ada.customer.like(ours)
    await heardSign(context, 'Like', ours)
  }
  if (ada.customer.share !== undefined) {
    await ada.customer.share(ours)
    await heardSign(context, 'Announce', ours)
  }
}

function heardSign(context: Context, type: 'Like' | 'Announce', on: Said): Promise<Kept> {
  return eventually(context, `never heard a ${type}`, () =>
    [...context.core.kept.values()].find(
      ({ engagement }) => engagement.type === type && engagement.parentExternalId === on.externalId,
    ),
  )
}

/** While nobody listens things are said; all are there when listening goes on from the cursor. */
export async function resumesFromCursor(context: Context): Promise<void> {
  const { customer } = await meet(context, 'Rosa Resume')
  await context.listener.stop()
  const marker = words('while away')
  const said: Said[] = []
  for (let index = 0; index < 5; index += 1) said.push(await customer.say(`${marker} ${index}`))
  await sleep(context.settings.settleMs)
  assert.equal(context.core.with(marker).length, 0, 'something was heard while nobody listened')
  await context.listener.start()
  await exactly(context, marker, said)
  noBugs(context)
}

/** History and what is said now come in side by side, under the same names. */
async function backfillsBesideLive(context: Context): Promise<void> {
  const { core } = context
  const { customer } = await meet(context, 'Hana History')
  const marker = words('history')
  const early: Said[] = []
  for (let index = 0; index < 7; index += 1) early.push(await customer.say(`${marker} ${index}`))
  await exactly(context, marker, early)
  const before = new Map(core.kept)
  for (const { externalId } of early) core.kept.delete(externalId)
  core.raw.clear()
  const live: Said[] = []
  let cursor: string | null = null
  for (let page = 0; page < 10_000; page += 1) {
    const polled: Polled | undefined = await core.channel.backfill?.(cursor, 50)
    assert(polled, 'the manifest says backfill, and the channel has none')
    core.commit(polled.events, undefined)
    if (live.length < 3) live.push(await customer.say(`${marker} live ${live.length}`))
    if (!polled.more) break
    assert.notEqual(polled.cursor, cursor, 'history goes on and its cursor does not')
    cursor = polled.cursor
  }
  await exactly(context, marker, [...early, ...live])
  for (const { externalId } of early) {
    assert.deepEqual(
      core.find(externalId)?.engagement,
      before.get(externalId)?.engagement,
      'history reads otherwise',
    )
  }
  noBugs(context)
  context.exercised.add('backfill')
}

/** What a customer sends along is there, and so is what we send along. */
async function carriesMedia(context: Context): Promise<void> {
  const { core } = context
  const { customer, kept } = await meet(context, 'Mila Media')
  if (customer.attach !== undefined) {
    const said = await customer.attach(words('See the picture'), {
      name: 'dot.png',
      mediaType: 'image/png',
      bytes: dot,
    })
    const { engagement } = await heard(context, said)
    const attached = core.attachments.filter(({ externalId }) => externalId === said.externalId)
    assert(engagement.media.length + attached.length > 0, 'the file of a customer was lost')
    for (const { bytes } of attached) assert(bytes.length > 0, 'the file of a customer is empty')
  }
  const media = [{ name: 'dot.png', mediaType: 'image/png', alt: 'A red dot', bytes: dot }]
  const acted = await act(context, command('reply', core.targetOf(kept), words('Our picture'), { media }))
  assert.equal(acted.result, 'done', `a reply with a picture: ${acted.detail}`)
  context.exercised.add('media')
}

/** One red dot. */
const dot = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
)

function byWay(way: Way): Check {
  return {
    name: `capture-${way}`,
    title: `everything that customers do is heard by ${way}, once, with its actor and its place`,
    without: listensBy(way),
    run: (context) => capturesEverything(context, way),
  }
}

export const captureChecks: readonly Check[] = [
  byWay('poll'),
  byWay('push'),
  byWay('stream'),
  {
    name: 'resume',
    title: 'what is said while nobody listens is heard when listening goes on',
    without: unless('listen'),
    run: resumesFromCursor,
  },
  {
    name: 'backfill',
    title: 'history comes in beside what is said now, under the same names',
    without: unless('backfill'),
    run: backfillsBesideLive,
  },
  { name: 'media', title: 'files go both ways', without: unless('media'), run: carriesMedia },
]
