import fc from 'fast-check'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { missingPackages } from '../../test/peers/install.ts'
import { ask } from '../../test/peers/bluesky/account.ts'
import { openBlueskyBackend, type BlueskyBackend } from '../../test/peers/bluesky/backend.ts'
import type { Command, Target } from '../acting.ts'
import type { Channel, Link, RawEvent } from '../channel.ts'
import { readUri } from './at-uri.ts'

const nobody: Target = { address: null, parentExternalId: null, earlierExternalIds: [], subject: null }

function order(what: Command['what'], target: Partial<Target>, text = ''): Command {
  return { what, target: { ...nobody, ...target }, text, speaker: 'Care', presence: null }
}

describe.skipIf(missingPackages('bluesky') !== null)('Bluesky on a server', () => {
  let backend: BlueskyBackend
  let channel: Channel
  const heard: RawEvent[] = []
  const abort = new AbortController()
  let cursor: string | null = null

  beforeAll(async () => {
    backend = await openBlueskyBackend()
    channel = open()
    void listen(abort.signal)
    await meet('Wilma')
  }, 60_000)

  afterAll(async () => {
    abort.abort()
    await backend.close()
  }, 20_000)

  function open(link: Link = backend.link): Channel {
    const opened = backend.plug.open(backend.ports, backend.settings, link)
    if (opened === null) throw new Error('it does not open')
    return opened
  }

  async function listen(signal: AbortSignal): Promise<void> {
    for await (const streamed of channel.stream?.(null, signal) ?? []) {
      heard.push(...streamed.events)
      cursor = streamed.cursor
    }
  }

  async function hear(isIt: (event: RawEvent) => boolean): Promise<RawEvent> {
    for (let look = 0; look < 500; look += 1) {
      const found = heard.find(isIt)
      if (found !== undefined) return found
      await sleep(10)
    }
    throw new Error('never heard')
  }

  /** Speaks until it is heard: what came before the first listening is history. */
  async function meet(name: string) {
    const customer = await backend.newPeerCustomer(name)
    for (;;) {
      const said = await customer.say('Hello')
      const key = `create ${said.externalId}`
      for (let look = 0; look < 30; look += 1) {
        if (heard.some((event) => event.key === key)) return { customer, said }
        await sleep(10)
      }
    }
  }

  async function takeDown(did: string, applied: boolean): Promise<void> {
    const authorization = `Basic ${btoa('admin:admin-pass')}`
    await fetch(`${backend.peer.url}/xrpc/com.atproto.admin.updateSubjectStatus`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization },
      body: JSON.stringify({
        subject: { $type: 'com.atproto.admin.defs#repoRef', did },
        takedown: { applied },
      }),
    })
  }

  async function stored(uri: string) {
    const name = readUri(uri)
    if (name === null) throw new Error(`${uri} names nothing`)
    const query = { repo: name.did, collection: name.collection, rkey: name.rkey }
    return ask(backend.peer.url, 'com.atproto.repo.getRecord', { query })
  }

  /** All posts of ours, as the server gives them to anybody. */
  async function ownTexts(): Promise<ReadonlyMap<string, string>> {
    const found = new Map<string, string>()
    let next: string | undefined
    do {
      const query = {
        repo: backend.us.did,
        collection: 'app.bsky.feed.post',
        limit: '100',
        ...(next && { cursor: next }),
      }
      const page = await ask(backend.peer.url, 'com.atproto.repo.listRecords', { query })
      for (const { uri, value } of page['records']) found.set(uri, value.text)
      next = page['cursor']
    } while (next !== undefined)
    return found
  }

  test('takes every text as its preview says, in as many posts', { timeout: 180_000 }, async () => {
    const piece = fc.oneof(
      { weight: 12, arbitrary: fc.constantFrom(...'abc de. f! g? h\n'.split('')) },
      {
        weight: 2,
        arbitrary: fc.constantFrom(
          '👩‍👩‍👧',
          '👍🏽',
          '🏴󠁧󠁢󠁳󠁣󠁴󠁿',
          '🇨🇭',
          '❤️',
          'e\u0301\u0323',
          'नि',
          'שלום ',
          'مرحبا. ',
          '漢字。',
          '\u202e',
        ),
      },
      {
        weight: 1,
        arbitrary: fc.constantFrom(
          ' https://example.org/a?b=c#d ',
          ` @${backend.us.handle} `,
          ' @nobody.test ',
          ' #tag ',
        ),
      },
      { weight: 1, arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 3 }) },
    )
    const texts = fc
      .tuple(fc.array(piece, { minLength: 1, maxLength: 40 }), fc.constantFrom(1, 1, 5, 12, 40))
      .map(([pieces, times]) => `${pieces.join('').repeat(times)}.`)
    const wanted = new Map<string, string>()
    let run = 0
    const agrees = fc.asyncProperty(texts, async (text) => {
      const { parts = [], length, max } = channel.preview(text)
      const acted = await channel.act(order('post', {}, text), `text ${(run += 1)}`)
      if (acted.result !== 'done') throw new Error(`${length} of ${max} in ${parts.length}: ${acted.detail}`)
      const made = [acted.networkId, ...(acted.otherIds ?? [])]
      expect(made.length).toBe(parts.length)
      for (const [index, uri] of made.entries()) wanted.set(uri, parts[index] ?? '')
    })
    await fc.assert(agrees, { numRuns: 500, endOnFailure: true })
    const shown = await ownTexts()
    for (const [uri, text] of wanted) expect(shown.get(uri)).toBe(text)
  })

  test('holds a long answer as a thread that its own content ids agree with', async () => {
    const { said } = await meet('Thea')
    const text = `${'We looked into it, and here is what we found. '.repeat(14)}See https://example.org/a and @${backend.us.handle}.`
    const acted = await channel.act(
      order('reply', { parentExternalId: said.externalId }, text),
      'a long answer',
    )
    if (acted.result !== 'done') throw new Error(acted.detail)
    const made = [acted.networkId, ...(acted.otherIds ?? [])]
    expect(made.length).toBe(3)
    const root = await stored(said.externalId)
    let above = root
    for (const uri of made) {
      const post = await stored(uri)
      expect(post['value'].reply).toEqual({
        root: { uri: root['uri'], cid: root['cid'] },
        parent: { uri: above['uri'], cid: above['cid'] },
      })
      above = post
    }
    const features = above['value'].facets.map(
      (facet: { features: { $type: string }[] }) => facet.features[0]?.$type,
    )
    expect(features).toEqual(['app.bsky.richtext.facet#link', 'app.bsky.richtext.facet#mention'])
    expect(
      await channel.readBack(order('reply', { parentExternalId: said.externalId }, text), 'a long answer'),
    ).toEqual({
      networkId: made[0],
      otherIds: made.slice(1),
    })
  })

  test('is heard in threads of ours, however deep, and not elsewhere', async () => {
    const ours = await channel.act(order('post', {}, 'News of ours'), 'news')
    if (ours.result !== 'done') throw new Error(ours.detail)
    const { customer: ada } = await meet('Ada')
    const { customer: ben } = await meet('Ben')
    const first = await ada.reply({ externalId: ours.networkId }, 'First')
    const root = await stored(ours.networkId)
    const parent = await stored(first.externalId)
    const deep = await ben.account.create('app.bsky.feed.post', {
      text: 'To Ada, below you',
      reply: {
        root: { uri: root['uri'], cid: root['cid'] },
        parent: { uri: parent['uri'], cid: parent['cid'] },
      },
    })
    const alone = await ben.account.create('app.bsky.feed.post', {
      text: `About ${backend.us.did} and nobody`,
    })
    const event = await hear(({ key }) => key === `create ${deep.uri}`)
    const read = await channel.normalise?.(event)
    expect(read?.activities[0]).toMatchObject({
      threadExternalId: ours.networkId,
      parentExternalId: first.externalId,
    })
    await meet('Later')
    expect(heard.some(({ key }) => key.includes(alone.uri))).toBe(false)
  })

  test('tells of an account that was taken from it', async () => {
    const { customer } = await meet('Tara')
    await takeDown(customer.account.did, true)
    const event = await hear(({ facts }) => facts?.['form'] === 'account')
    const read = await channel.normalise?.(event)
    expect(read?.goneAuthors?.[0]?.externalId).toBe(customer.account.did)
    await takeDown(customer.account.did, false)
    const back = await hear(({ key }) => key.startsWith('there ') && key.endsWith(customer.account.did))
    const again = await channel.normalise?.(back)
    expect(again?.returnedAuthors?.[0]?.externalId).toBe(customer.account.did)
  })

  test('lets nobody be answered who blocks us, until that is taken back', async () => {
    const { customer, said } = await meet('Bella')
    const { account } = customer
    const { uri } = await account.create('app.bsky.graph.block', { subject: backend.us.did })
    await hear(({ key }) => key === `create ${uri}`)
    const reply = order('reply', { parentExternalId: said.externalId }, 'Hello?')
    expect(await channel.act(reply, 'blocked')).toMatchObject({
      result: 'refused',
      error: 'target.forbidden',
    })
    const rkey = readUri(uri)?.rkey
    await account.post('com.atproto.repo.deleteRecord', {
      repo: account.did,
      collection: 'app.bsky.graph.block',
      rkey,
    })
    const event = await hear(({ key }) => key === `delete ${uri}`)
    const read = await channel.normalise?.(event)
    expect(read?.consents).toMatchObject([{ address: account.did, mayWrite: true }])
    expect(await channel.act(reply, 'blocked')).toMatchObject({ result: 'done' })
  })

  test('says what is gone when it is asked', async () => {
    const { customer, said } = await meet('Gita')
    const gone = await customer.say('not for long')
    await customer.remove?.(gone)
    expect(await channel.reconcileDeletes?.([said.externalId, gone.externalId])).toEqual([gone.externalId])
    const reply = order('reply', { parentExternalId: gone.externalId }, 'Too late')
    expect(await channel.act(reply, 'late')).toMatchObject({ result: 'refused', error: 'target.gone' })
  })

  test('hears what was said between connecting and the first listening, and nothing from before', async () => {
    const { customer } = await meet('Nora')
    const before = await customer.say('long before')
    await sleep(50)
    const { host } = new URL(backend.link.config['firehose'] ?? '')
    const mark = `2 ${Date.now()} ${host}`
    const begun = await open().begin?.(AbortSignal.timeout(10_000))
    expect(begun).toMatch(/^[12] \d+ 127/)
    const between = await customer.say('in between')
    for (const cursor of [begun ?? null, mark]) {
      const keys: string[] = []
      const other = new AbortController()
      for await (const { events } of open().stream?.(cursor, other.signal) ?? []) {
        keys.push(...events.map(({ key }) => key))
        if (keys.includes(`create ${between.externalId}`)) other.abort()
      }
      expect(keys).toContain(`create ${between.externalId}`)
      if (cursor === mark) expect(keys).not.toContain(`create ${before.externalId}`)
    }
  })

  test('goes on by time where the firehose counts anew', async () => {
    const { host } = new URL(backend.link.config['firehose'] ?? '')
    const streamed = []
    for await (const each of open().stream?.(
      `1 999999999 ${host} 1700000000000`,
      AbortSignal.timeout(3_000),
    ) ?? [])
      streamed.push(each)
    expect(streamed).toEqual([{ events: [], cursor: `2 1700000000000 ${host}` }])
  })

  test('begins anew where the firehose does not know the cursor', async () => {
    const { host } = new URL(backend.link.config['firehose'] ?? '')
    const other = open()
    const streamed = []
    for await (const each of other.stream?.(`1 999999999 ${host}`, AbortSignal.timeout(3_000)) ?? [])
      streamed.push(each)
    expect(streamed).toEqual([{ events: [], cursor: null }])
    expect(cursor).toMatch(/^1 \d+ 127\.0\.0\.1:\d+ \d+$/)
  })

  test('is told from others where it gathers no notifications, and where the password is wrong', async () => {
    const { link } = backend
    const alone = open({ ...link, config: { ...link.config, firehose: '' } })
    expect(alone.stream).toBeUndefined()
    expect(await alone.check?.()).toMatchObject({ state: 'misconfigured' })
    const wrong = open({ ...link, secrets: { appPassword: 'aaaa-bbbb-cccc-dddd' } })
    expect(await wrong.check?.()).toMatchObject({
      state: 'needs-reauth',
      detail: 'Bluesky does not know this handle with this app password.',
    })
  })

  test('refuses files that it cannot show', async () => {
    const film = { name: 'film.mp4', mediaType: 'video/mp4', alt: '', bytes: new Uint8Array(3) }
    const acted = await channel.act({ ...order('post', {}, 'See'), media: [film] }, 'film')
    expect(acted).toMatchObject({ result: 'refused', error: 'content.rejected' })
  })
})
