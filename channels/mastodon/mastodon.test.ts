import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { missingPackages } from '../../test/peers/install.ts'
import { openMastodonBackend, type MastodonBackend } from '../../test/peers/twins/mastodon/backend.ts'
import type { Command } from '../acting.ts'
import type { Channel, RawEvent } from '../channel.ts'
import { mastodon } from './mastodon.ts'
import { readMessages } from './read-messages.ts'

async function messagesOf(...chunks: readonly string[]) {
  async function* bytes(): AsyncGenerator<Uint8Array> {
    for (const chunk of chunks) yield Buffer.from(chunk)
  }
  const messages = []
  for await (const message of readMessages(bytes())) messages.push(message)
  return messages
}

test('a stream is read however it is cut', async () => {
  const text =
    ':)\nevent: update\ndata: {"a":"ü"}\n\n:thump\r\nevent: delete\r\ndata: 1\r\ndata: 2\r\n\r\nevent: lost\n\n'
  const whole = [null, { event: 'update', data: '{"a":"ü"}' }, null, { event: 'delete', data: '1\n2' }]
  expect(await messagesOf(text)).toEqual(whole)
  expect(await messagesOf(...text.split(''))).toEqual(whole)
  await expect(messagesOf('x'.repeat(3_000_000))).rejects.toThrow('without an end')
})

describe.skipIf(missingPackages('twins') !== null)('an account on a server', () => {
  let backend: MastodonBackend
  let channel: Channel
  beforeAll(async () => {
    backend = await openMastodonBackend()
    channel = openWith({})
  })
  afterAll(() => backend.close())

  function openWith(config: Readonly<Record<string, string>>): Channel {
    const { ports, settings, link } = backend
    const opened = mastodon.open(ports, settings, { ...link, config: { ...link.config, ...config } })
    if (opened === null) throw new Error('no channel')
    return opened
  }

  async function read(events: readonly RawEvent[]) {
    const all = await Promise.all(events.map(async (event) => channel.normalise?.(event)))
    return all.flatMap((each) => each?.activities ?? [])
  }

  function order(what: Command['what'], more: Partial<Command['target']>, text = 'our words'): Command {
    const target = { address: null, parentExternalId: null, earlierExternalIds: [], subject: null, ...more }
    return { what, target, text, speaker: 'Ada', presence: null }
  }

  test('is answered in the circle in which it was spoken to, however wide the answer was meant', async () => {
    const ada = await backend.newCustomer('Ada')
    for (const [circle, visibility] of [
      ['public', 'public'],
      ['unlisted', 'unlisted'],
      ['private', 'followers'],
      ['direct', 'direct'],
    ] as const) {
      const said = await ada.sayTo(circle, 'hello', 'a warning')
      const polled = await channel.poll?.('v1:0', 40)
      const heard = (await read(polled?.events ?? [])).find(
        ({ externalId }) => externalId === said.externalId,
      )
      expect(heard).toMatchObject({
        visibility,
        subject: 'a warning',
        mentions: [`care@${backend.network.host}`],
      })
      const target = {
        parentExternalId: said.externalId,
        address: heard?.author.externalId ?? null,
        visibility: 'public' as const,
      }
      const acted = await channel.act(order('reply', target), `circle-${circle}`)
      if (acted.result !== 'done') throw new Error(acted.detail)
      const post = backend.network.posts.get(acted.networkId.split('/')[1] ?? '')
      expect(post).toMatchObject({ circle, warning: 'a warning', text: `@${ada.person.acct} our words` })
    }
  })

  test('says one thing once under one key, until nobody remembers the key', async () => {
    const ada = await backend.newCustomer('Ida')
    const said = await ada.say('hello')
    const target = { parentExternalId: said.externalId, address: `x/${ada.person.id}` }
    const before = backend.network.posts.size
    backend.fault({ kind: 'lose-answer' })
    expect(await channel.act(order('reply', target), 'lost')).toMatchObject({ result: 'unknown' })
    backend.fault(null)
    await backend.wait?.(2 * 3_600_000)
    expect(await channel.act(order('reply', target), 'lost')).toMatchObject({ result: 'unknown' })
    expect(await channel.readBack(order('reply', target), 'lost')).toMatchObject({
      networkId: expect.any(String),
    })
    expect(await channel.act(order('reply', target), 'lost')).toMatchObject({ result: 'done' })
    expect(backend.network.posts.size).toBe(before + 1)
  })

  test('tells what is wrong with it', async () => {
    expect(await openWith({ maxLength: '5000' }).check?.()).toMatchObject({
      state: 'misconfigured',
      detail: expect.stringContaining('500'),
    })
    backend.fault({ kind: 'token-revoked' })
    expect(await channel.check?.()).toMatchObject({ state: 'needs-reauth' })
    backend.fault(null)
    expect(await channel.check?.()).toMatchObject({
      state: 'ok',
      account: { handle: `care@${backend.network.host}` },
    })
    expect(
      mastodon.open(backend.ports, backend.settings, { ...backend.link, config: { instance: 'nonsense' } }),
    ).toBeNull()
  })

  test('names nothing on another server, and shares nothing that was said in a small circle', async () => {
    const elsewhere = { parentExternalId: 'elsewhere.example/1', address: 'x' }
    expect(await channel.act(order('reply', elsewhere), 'e1')).toMatchObject({ error: 'target.gone' })
    expect(
      await channel.act(order('like', { ...elsewhere, parentExternalId: '../../admin' }), 'e2'),
    ).toMatchObject({ error: 'target.gone' })
    expect(await channel.act(order('share', { ...elsewhere, visibility: 'followers' }), 'e3')).toMatchObject({
      result: 'refused',
    })
    expect(await channel.reconcileDeletes?.(['elsewhere.example/1'])).toEqual([])
  })

  test('waits until the window of the server opens again', async () => {
    await vi.waitFor(
      async () => {
        const failure: unknown = await channel.poll?.('v1:0', 1).then(
          () => null,
          (error: unknown) => error,
        )
        expect(failure).toMatchObject({ code: 'rate', retryAfterMs: expect.any(Number) })
      },
      { timeout: 20_000, interval: 1 },
    )
    await backend.wait?.(300_000)
    expect((await channel.poll?.('v1:0', 1))?.events).toHaveLength(1)
  })
})
