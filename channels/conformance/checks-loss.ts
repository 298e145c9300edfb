// Is nothing lost and nothing doubled, however often the listener dies?
import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Customer, Said } from './backend.ts'
import { eventually, listensBy, words, type Check, type Context, noBugs } from './check.ts'
import type { Way } from './listener.ts'

/**
 * Customers speak as fast as the network lets them, while the listener is killed at random moments: between receiving
 * and committing, and after the commit before the network hears of it. Then all of it is committed again in disorder.
 */
export async function losesAndDoublesNothing(context: Context, way: Way): Promise<void> {
  const { backend, core, listener, settings } = context
  await listener.stop()
  await listener.start(way)
  const marker = words('storm')
  const customers = await Promise.all(
    ['Sam', 'Sue', 'Sol', 'Sky'].map((name) => backend.newCustomer(`${name} Storm`)),
  )
  const said: Said[] = []
  const each = Math.ceil(settings.events / customers.length)
  const speak = Promise.all(
    customers.map(async (customer, who) => {
      const texts = Array.from({ length: each }, (_, index) => `${marker} ${who}-${index}`)
      for (let next = 0; next < each; next += atOnce) {
        said.push(...(await sayAll(customer, texts.slice(next, next + atOnce))))
      }
    }),
  )
  const total = each * customers.length
  for (let kill = 1; kill <= settings.kills; kill += 1) {
    const at = ((kill - context.random()) * total) / settings.kills
    while (said.length < at) await sleep(1)
    await listener.killAndStart()
  }
  await speak
  await eventually(
    context,
    `only ${core.with(marker).length} of ${total} heard`,
    () => core.with(marker).length >= total,
  )
  await sleep(settings.settleMs)
  await repeatInDisorder(context)
  const ids = core.with(marker).map(({ engagement }) => engagement.externalId)
  const lost = said.filter(({ externalId }) => !ids.includes(externalId))
  assert.deepEqual(lost, [], `${lost.length} of ${total} lost`)
  assert.equal(ids.length, total, `${ids.length - total} heard twice under two names`)
  noBugs(context)
}

/** What a customer says between two moments at which the listener may die. */
const atOnce = 5

async function sayAll(customer: Customer, texts: readonly string[]): Promise<readonly Said[]> {
  if (customer.sayMany !== undefined) return customer.sayMany(texts)
  const said: Said[] = []
  for (const text of texts) said.push(await customer.say(text))
  return said
}

/** The same bytes again, last first, read from the start. */
async function repeatInDisorder({ core }: Context): Promise<void> {
  const events = [...core.raw.values()].toReversed()
  core.raw.clear()
  core.commit(events, undefined)
  await core.settled()
}

/** A cursor that another version wrote, or nobody. */
async function survivesStrangeCursors(context: Context): Promise<void> {
  const { listener, core } = context
  await listener.stop()
  const kept = core.cursor
  const failures = core.failures.length
  core.cursor = 'v0:{"nobody":"wrote this"}'
  await listener.start()
  await sleep(context.settings.settleMs)
  await listener.stop()
  core.cursor = kept
  core.failures.length = failures
  await listener.start()
  noBugs(context, 'a strange cursor is no bug of the channel')
}

function inStorm(way: Way): Check {
  return {
    name: `loss-${way}`,
    title: `nothing is lost and nothing doubled by ${way} while the listener is killed again and again`,
    without: listensBy(way),
    run: (context) => losesAndDoublesNothing(context, way),
  }
}

export const lossChecks: readonly Check[] = [
  inStorm('poll'),
  inStorm('push'),
  inStorm('stream'),
  {
    name: 'cursor',
    title: 'a cursor that it does not know stops nothing',
    without: ({ plug }) =>
      plug.manifest.listens.some((way) => way !== 'push') ? null : 'pushes have no cursor',
    run: survivesStrangeCursors,
  },
]
