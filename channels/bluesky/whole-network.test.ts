import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createBareDatabase } from '../../test/database.ts'
import { openBlueskyBackend, type BlueskyBackend } from '../../test/peers/bluesky/backend.ts'
import { missingDebian, missingPackages } from '../../test/peers/install.ts'
import type { Target } from '../acting.ts'
import type { Channel } from '../channel.ts'
import { readUri } from './at-uri.ts'

const missing = missingPackages('bluesky') ?? missingDebian(['redis-server'])

describe.skipIf(missing !== null)('Bluesky with notifications', () => {
  let backend: BlueskyBackend
  let channel: Channel
  let drop: () => Promise<void>

  beforeAll(async () => {
    const database = await createBareDatabase()
    drop = database.drop
    backend = await openBlueskyBackend(database.ownerUrl)
    const link = { ...backend.link, config: { ...backend.link.config, firehose: '' } }
    const opened = backend.plug.open(backend.ports, backend.settings, link)
    if (opened === null) throw new Error('it does not open')
    channel = opened
  }, 120_000)

  afterAll(async () => {
    await backend.close()
    await drop()
  }, 30_000)

  async function say(text: string, key: string): Promise<string> {
    const target: Target = { address: null, parentExternalId: null, earlierExternalIds: [], subject: null }
    const acted = await channel.act({ what: 'post', target, text, speaker: 'Care', presence: null }, key)
    if (acted.result !== 'done') throw new Error(acted.detail)
    return acted.networkId
  }

  test(
    'history is whole: what was said to us, what we said, and deep below what we said',
    { timeout: 60_000 },
    async () => {
      const news = await say('News of ours', 'news')
      const ada = await backend.newPeerCustomer('Ada History')
      const ben = await backend.newPeerCustomer('Ben History')
      const said = [(await ada.say('to us')).externalId, news]
      let below = { externalId: news }
      for (let depth = 0; depth < 8; depth += 1) {
        const parent = below
        below = await (depth % 2 === 0 ? ada : ben).reply(parent, `depth ${depth}`)
        said.push(below.externalId)
      }
      const missed = async () => {
        const found = await history()
        return said.filter((uri) => !found.has(uri))
      }
      for (let look = 0; look < 20 && (await missed()).length > 0; look += 1) await sleep(200)
      expect(await missed()).toEqual([])
    },
  )

  async function history(): Promise<ReadonlySet<string>> {
    const found = new Set<string>()
    let cursor: string | null = null
    for (;;) {
      const page: Awaited<ReturnType<NonNullable<Channel['backfill']>>> | undefined =
        await channel.backfill?.(cursor, 5)
      for (const event of page?.events ?? []) {
        const read = await channel.normalise?.(event)
        for (const { externalId } of read?.activities ?? []) found.add(externalId)
      }
      if (page === undefined || !page.more) return found
      expect(page.cursor).not.toBe(cursor)
      cursor = page.cursor
    }
  }

  test('a post whose author lets nobody answer is not answered', { timeout: 30_000 }, async () => {
    const customer = await backend.newPeerCustomer('Gate Keeper')
    const said = await customer.say('Read only')
    const rkey = readUri(said.externalId)?.rkey
    await customer.account.post('com.atproto.repo.putRecord', {
      repo: customer.account.did,
      collection: 'app.bsky.feed.threadgate',
      rkey,
      record: {
        $type: 'app.bsky.feed.threadgate',
        post: said.externalId,
        allow: [],
        createdAt: new Date().toISOString(),
      },
    })
    const viewer = async () =>
      (await backend.us.get('app.bsky.feed.getPosts', { uris: said.externalId }))['posts'][0]?.viewer
    for (let look = 0; look < 100 && (await viewer())?.replyDisabled !== true; look += 1) await sleep(50)
    const target: Target = {
      address: null,
      parentExternalId: said.externalId,
      earlierExternalIds: [],
      subject: null,
    }
    const acted = await channel.act(
      { what: 'reply', target, text: 'But', speaker: 'Care', presence: null },
      'gate',
    )
    expect(acted).toMatchObject({ result: 'refused', error: 'target.forbidden' })
  })

  test(
    'posts that a colleague wrote elsewhere come in with the notifications',
    { timeout: 30_000 },
    async () => {
      const first = await channel.poll?.(null, 100)
      const { uri } = await backend.us.create('app.bsky.feed.post', { text: 'from the phone' })
      const second = await channel.poll?.(first?.cursor ?? null, 100)
      expect(second?.events.map(({ key }) => key)).toContain(`create ${uri}`)
      const third = await channel.poll?.(second?.cursor ?? null, 100)
      expect(third?.events).toEqual([])
    },
  )
})
