// The kit proves itself: channels that are broken in one way each fail the check that looks for it.
import { expect, test } from 'vitest'
import { openTemplateBackend } from '../../test/peers/template/backend.ts'
import type { Acted } from '../acting.ts'
import type { Channel, Plug } from '../channel.ts'
import type { Manifest } from '../manifest.ts'
import type { Backend } from './backend.ts'
import type { Context } from './check.ts'
import { keepsPrivate, lostAnswer, roundTrip, sameKeySameAct } from './checks-acts.ts'
import { capturesEverything, resumesFromCursor } from './checks-capture.ts'
import { waitsAsTold, weathersFaults } from './checks-faults.ts'
import { bearsBrokenBytes, bearsDrift, readsTheSameTwice, tellsHealth } from './checks-hostile.ts'
import { losesAndDoublesNothing } from './checks-loss.ts'
import { checkReadsOnly, everythingExercised, functionsMatch, noneIsRefused } from './checks-manifest.ts'
import { previewAgrees } from './checks-rules.ts'
import { openContext } from './kit.ts'

type Change = (channel: Channel, plug: Plug) => Partial<Channel>

interface Broken {
  readonly how: string
  readonly change?: Change
  readonly manifest?: (manifest: Manifest) => Manifest
  readonly backend?: (backend: Backend) => Partial<Backend>
  readonly check: (context: Context) => void | Promise<void>
  readonly message: RegExp
}

const quick = { events: 60, kills: 4, texts: 60, patienceMs: 1_500, settleMs: 60, pollMs: 5, seed: 7 }

/** The channel of the template, with one thing wrong. */
async function openBroken({ change, manifest, backend }: Broken): Promise<Backend> {
  const good = await openTemplateBackend()
  const plug: Plug = {
    manifest: manifest?.(good.plug.manifest) ?? good.plug.manifest,
    open(ports, settings, link) {
      const channel = good.plug.open(ports, settings, link)
      return channel === null ? null : { ...channel, manifest: plug.manifest, ...change?.(channel, plug) }
    },
  }
  return { ...good, plug, ...backend?.(good) }
}

const byPoll = (context: Context): Promise<void> => capturesEverything(context, 'poll')
const inStorm = (context: Context): Promise<void> => losesAndDoublesNothing(context, 'poll')

function declare(name: keyof Manifest['capabilities']) {
  return (manifest: Manifest): Manifest => ({
    ...manifest,
    capabilities: { ...manifest.capabilities, [name]: { level: 'full' } },
  })
}

const asRefused = (acted: Acted): Acted =>
  acted.result === 'unknown' ? { result: 'refused', error: 'network.down', detail: acted.detail } : acted

let count = 0

const brokenChannels: readonly Broken[] = [
  {
    how: 'loses every ninth event',
    change: (channel) => ({
      poll: async (cursor, limit) => {
        const polled = await channel.poll!(cursor, limit)
        return { ...polled, events: polled.events.filter(({ key }) => Number(key) % 9 !== 0) }
      },
    }),
    check: inStorm,
    message: /heard/,
  },
  {
    how: 'moves its cursor before the commit',
    change: (channel) => {
      let own: string | null = null
      return {
        poll: async (_cursor, limit) => {
          const polled = await channel.poll!(own, limit)
          own = polled.cursor
          return polled
        },
      }
    },
    check: inStorm,
    message: /heard/,
  },
  {
    how: 'reads one thing as two',
    change: (channel) => ({
      normalise: async (event) => {
        const { activities } = await channel.normalise!(event)
        return {
          activities: [
            ...activities,
            ...activities.map((one) => ({ ...one, externalId: `${one.externalId}b` })),
          ],
        }
      },
    }),
    check: byPoll,
    message: /heard of 3 said/,
  },
  {
    how: 'forgets what stands above',
    change: (channel) => ({
      normalise: async (event) => {
        const { activities } = await channel.normalise!(event)
        return { activities: activities.map((one) => ({ ...one, parentExternalId: undefined })) }
      },
    }),
    check: byPoll,
    message: /stands below/,
  },
  {
    how: 'begins anew where it stopped',
    change: (channel) => ({
      poll: async (cursor, limit) => {
        const polled = await channel.poll!(cursor, limit)
        return polled.events.length > 3 ? { ...polled, events: [] } : polled
      },
    }),
    check: resumesFromCursor,
    message: /never heard/,
  },
  {
    how: 'sends twice',
    change: (channel) => ({
      act: async (command, key) => {
        await channel.act(command, `${key}-again`)
        return channel.act(command, key)
      },
    }),
    check: roundTrip,
    message: /saw ".*" 2 times/,
  },
  {
    how: 'takes each call for a new act',
    change: (channel) => ({ act: (command, key) => channel.act(command, `${key}-${(count += 1)}`) }),
    check: sameKeySameAct,
    message: /one key made two things|2 times/,
  },
  {
    how: 'takes its own words for a customer',
    change: (channel) => ({
      normalise: async (event) => {
        const { activities } = await channel.normalise!(event)
        return { activities: activities.map((one) => ({ ...one, direction: 'in' as const })) }
      },
    }),
    check: roundTrip,
    message: /taken for a customer/,
  },
  {
    how: 'says refused where the answer was lost',
    change: (channel) => ({ act: async (command, key) => asRefused(await channel.act(command, key)) }),
    check: lostAnswer,
    message: /it took effect/,
  },
  {
    how: 'shows a direct word as public',
    manifest: declare('direct'),
    backend: (good) => ({
      newCustomer: async (name) => {
        const customer = await good.newCustomer(name)
        return { ...customer, direct: (text: string) => customer.say(text) }
      },
    }),
    check: keepsPrivate,
    message: /shown to others/,
  },
  {
    how: 'declares what it cannot do',
    manifest: declare('edit'),
    check: everythingExercised,
    message: /declared, and never seen at work: listen, reply, edit, readBack/,
  },
  {
    how: 'declares history and has none',
    manifest: declare('backfill'),
    check: functionsMatch,
    message: /backfill against the manifest/,
  },
  {
    how: 'does what it declares none',
    change: (channel) => ({ act: (command, key) => channel.act({ ...command, what: 'reply' }, key) }),
    check: noneIsRefused,
    message: /though notify is none/,
  },
  {
    how: 'writes while it checks',
    backend: (good) => ({ ports: { ...good.ports } }),
    change: (channel) => ({
      check: async () => {
        const checked = await channel.check!()
        await channel.act(
          { ...hello, target: { ...hello.target, parentExternalId: 'n2' } },
          `hello-${(count += 1)}`,
        )
        return checked
      },
    }),
    check: checkReadsOnly,
    message: /wrote to a customer/,
  },
  {
    how: 'counts otherwise than the network',
    change: (channel) => ({ preview: (text) => ({ ...channel.preview(text), length: text.length }) }),
    check: previewAgrees,
    message: /of 500/,
  },
  {
    how: 'does not wait as told',
    change: (channel) => ({
      act: async (command, key) => {
        const acted = await channel.act(command, key)
        return acted.result === 'refused'
          ? { result: 'refused', error: acted.error, detail: acted.detail }
          : acted
      },
    }),
    check: waitsAsTold,
    message: /does not say how long/,
  },
  {
    how: 'says done whatever came back',
    change: (channel) => ({
      act: async (command, key) => {
        const acted = await channel.act(command, key)
        return acted.result === 'done' ? acted : { result: 'done', networkId: key, detail: 'surely' }
      },
    }),
    check: weathersFaults,
    message: /saw it 0 times/,
  },
  {
    how: 'reads the same bytes otherwise each time',
    change: (channel) => ({
      normalise: async (event) => {
        const meant = await channel.normalise!(event)
        return { ...meant, unknown: [`${(count += 1)}`] }
      },
    }),
    check: readsTheSameTwice,
    message: /deeply|deepStrictEqual|equal/i,
  },
  {
    how: 'drops kinds that it does not know',
    change: (channel) => ({
      normalise: async (event) => ({ activities: (await channel.normalise!(event)).activities }),
    }),
    check: bearsDrift,
    message: /dropped unseen/,
  },
  {
    how: 'breaks on broken bytes',
    change: (channel) => ({
      normalise: (event) => {
        JSON.parse(Buffer.from(event.body).toString('utf8'))
        return channel.normalise!(event)
      },
    }),
    check: bearsBrokenBytes,
    message: /broken/,
  },
  {
    how: 'reads no time',
    change: (channel) => ({
      poll: async (cursor, limit) => {
        const polled = await channel.poll!(cursor, limit)
        return { ...polled, events: polled.events.map((event) => ({ ...event, at: 12 })) }
      },
    }),
    check: tellsHealth,
    message: /says it is of 12/,
  },
]

const hello = {
  what: 'reply' as const,
  target: { address: null, parentExternalId: null, earlierExternalIds: [], subject: null },
  text: 'hello',
  speaker: 'Horseshoe',
  presence: null,
}

test.for(brokenChannels)('the kit finds a channel that $how', async (broken) => {
  const context = await openContext(await openBroken(broken), quick)
  try {
    await expect((async () => broken.check(context))()).rejects.toThrow(broken.message)
  } finally {
    await context.listener.stop()
    await context.backend.close()
  }
})

test('a backend of which nothing is ever heard is closed', async () => {
  const good = await openTemplateBackend()
  let closed = 0
  const close = async (): Promise<void> => {
    closed += 1
    await good.close()
  }
  const deaf: Plug = {
    ...good.plug,
    open(ports, settings, link) {
      const channel = good.plug.open(ports, settings, link)
      return channel === null
        ? null
        : { ...channel, poll: async () => ({ events: [], cursor: null, more: false }) }
    },
  }
  await expect(openContext({ ...good, plug: deaf, close }, { ...quick, patienceMs: 100 })).rejects.toThrow(
    /nothing was ever heard/,
  )
  expect(closed).toBe(1)
})
