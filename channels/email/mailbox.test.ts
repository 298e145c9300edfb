// A mailbox on Dovecot beyond what every channel must do: the protocols, their servers' whims, and their speed.
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  startMailWorld,
  ourAddress,
  type MailWorld,
  type WorldOptions,
} from '../../test/peers/dovecot/mail-world.ts'
import { missingDebian } from '../../test/peers/install.ts'
import { openTestPorts } from '../../test/ports.ts'
import type { Command } from '../acting.ts'
import { ChannelFailure, type Channel, type Link, type Polled, type RawEvent } from '../channel.ts'
import type { Ports } from '../ports.ts'
import { mailbox } from './mailbox.ts'
import { readCursor, writeCursor } from './mailbox-cursor.ts'

const missing = missingDebian(['dovecot-imapd', 'dovecot-lmtpd'])

function open(world: MailWorld, more: Partial<Link['config']> = {}, ports = portsOf(world)): Channel {
  const config = { ...world.link.config, ...more } as Link['config']
  const channel = mailbox.open(ports, { smtp: undefined }, { ...world.link, config })
  if (channel === null) throw new Error('no channel')
  return channel
}

function portsOf(world: MailWorld): Ports {
  return openTestPorts({ trusted: world.trusted })
}

function reply(text: string, more: Partial<Command> = {}): Command {
  const target = {
    address: 'jo@example.org',
    parentExternalId: 'm1@example.org',
    earlierExternalIds: [],
    subject: 'Order 4711',
  }
  return { what: 'reply', target, text, speaker: 'Mia (Acme)', presence: ourAddress, ...more }
}

let number = 0
function mail(
  text: string,
  headers: Readonly<Record<string, string>> = {},
): { from: string; to: string[]; raw: string } {
  number += 1
  const lines = Object.entries({
    From: 'Jo <jo@example.org>',
    To: ourAddress,
    Subject: 'A question',
    Date: new Date().toUTCString(),
    'Message-ID': `<m${number}@example.org>`,
    ...headers,
  }).map(([name, value]) => `${name}: ${value}`)
  return { from: 'jo@example.org', to: [ourAddress], raw: `${lines.join('\r\n')}\r\n\r\n${text}\r\n` }
}

interface Heard {
  readonly texts: string[]
  readonly events: RawEvent[]
  cursor: string | null
  error: unknown
  stop(): Promise<void>
}

/** Listens as the core does, until it is stopped or the stream ends. */
function listen(channel: Channel, cursor: string | null): Heard {
  const abort = new AbortController()
  const heard: Heard = { texts: [], events: [], cursor, error: null, stop: async () => {} }
  const running = (async () => {
    try {
      for await (const piece of channel.stream?.(cursor, abort.signal) ?? []) {
        for (const event of piece.events) {
          heard.events.push(event)
          const meant = await channel.normalise?.(event)
          heard.texts.push(...(meant?.activities.map(({ text, direction }) => `${direction} ${text}`) ?? []))
        }
        heard.cursor = piece.cursor
      }
    } catch (error) {
      heard.error = error
    }
  })()
  heard.stop = async () => {
    abort.abort()
    await running
  }
  return heard
}

async function until(what: () => boolean, ms = 15_000): Promise<void> {
  const end = Date.now() + ms
  while (!what()) {
    if (Date.now() > end) throw new Error('waited too long')
    await sleep(5)
  }
}

describe.skipIf(missing !== null)('a mailbox without encryption on this machine', () => {
  let world: MailWorld
  let running: Heard | null = null
  beforeAll(async () => {
    world = await startMailWorld({ signIn: 'password', security: 'none' })
  })
  afterEach(async () => {
    await running?.stop()
    running = null
    world.lineFault(null)
  })
  afterAll(() => world?.close())

  test('is checked without changing anything', async () => {
    expect(await open(world).check?.()).toMatchObject({ state: 'ok', account: { id: ourAddress } })
    expect(await open(world, { folder: 'Nowhere' }).check?.()).toMatchObject({ state: 'misconfigured' })
    expect(await open(world, { imapPort: '1' }).check?.()).toMatchObject({ state: 'unreachable' })
    const wrong = { ...world.link, secrets: { password: 'another' } }
    const channel = mailbox.open(portsOf(world), { smtp: undefined }, wrong)
    expect(await channel?.check?.()).toMatchObject({ state: 'needs-reauth' })
    expect(await channel?.act(reply('Not sent'), 'key-wrong')).toMatchObject({ error: 'auth.revoked' })
    expect(await open(world, { imapHost: 'mail.example.org' }).check?.()).toEqual({
      state: 'misconfigured',
      detail: 'mail.example.org is another machine: a password goes there encrypted only.',
    })
  })

  test('tells what arrives at once, and leaves it unread', async () => {
    running = listen(open(world), null)
    await until(() => running?.cursor !== null)
    for (let round = 0; round < 5; round += 1) {
      const text = `Hello ${round}`
      await world.dovecot.deliver(mail(text))
      await until(() => running?.texts.includes(`in ${text}`) === true)
    }
    const unseen = await world.ourProgram(async (client) => {
      await client.mailboxOpen('INBOX', { readOnly: true })
      return client.search({ seen: false })
    })
    expect(unseen).toHaveLength(5)
  })

  test('hears an answer that was given from another program, as ours', async () => {
    running = listen(open(world), null)
    await until(() => running?.cursor !== null)
    await world.ourProgram((client) =>
      client.append('Sent', mail('From my phone', { From: ourAddress, To: 'jo@example.org' }).raw, [
        '\\Seen',
      ]),
    )
    await world.dovecot.deliver(mail('Something new'))
    await until(() => running?.texts.includes('out From my phone') === true)
    await until(() => running?.texts.includes('in Something new') === true)
  })

  test('loses and doubles nothing when the server numbers its mails anew', async () => {
    const channel = open(world)
    running = listen(channel, null)
    await until(() => running?.cursor !== null)
    await world.dovecot.deliver(mail('Before'))
    await until(() => running?.texts.includes('in Before') === true)
    await running.stop()
    const known = new Set(running.events.map(({ key }) => key))
    await world.dovecot.deliver(mail('Meanwhile'))
    const cursor = readCursor(running.cursor)
    if (cursor?.inbox == null) throw new Error('no cursor')
    const renumbered = writeCursor({ ...cursor, inbox: { validity: '1', next: 900_000, modseq: null } })
    running = listen(channel, renumbered)
    await until(() => running?.texts.includes('in Meanwhile') === true)
    const again = running.events.filter(({ key }) => known.has(key))
    expect(again.length).toBeGreaterThan(0)
    expect(running.texts.filter((text) => text === 'in Meanwhile')).toHaveLength(1)
  })

  test('ends when the line is cut, and goes on from its cursor', async () => {
    const channel = open(world)
    running = listen(channel, null)
    await until(() => running?.cursor !== null)
    world.lineFault({ kind: 'cut' })
    await until(() => running?.error !== null)
    expect(running.error).toBeInstanceOf(ChannelFailure)
    expect(running.error).toMatchObject({ code: 'network.down' })
    await world.dovecot.deliver(mail('While the line was cut'))
    world.lineFault(null)
    running = listen(channel, running.cursor)
    await until(() => running?.texts.includes('in While the line was cut') === true)
  })

  test('who writes like a machine is kept, and counts as one', async () => {
    running = listen(open(world), null)
    await until(() => running?.cursor !== null)
    for (let round = 0; round < 35; round += 1)
      await world.dovecot.deliver(mail(`Loop ${round}`, { From: 'bot@example.net' }))
    await until(() => (running?.texts.filter((text) => text.startsWith('in Loop')).length ?? 0) === 35)
    const floods = running.events.filter(({ facts }) => facts?.['flood'] === 'yes')
    expect(floods).toHaveLength(5)
    const [event] = floods
    if (event === undefined) throw new Error('no event')
    expect((await open(world).normalise?.(event))?.activities[0]?.automatic).toBe(true)
  })

  test('files a copy of an answer once where the server does not', async () => {
    const channel = open(world)
    const done = await channel.act(reply('It left today.'), 'key-copy')
    expect(done).toMatchObject({ result: 'done', networkId: 'key-copy@acme.example' })
    const copies = await world.ourProgram(async (client) => {
      await client.mailboxOpen('Sent', { readOnly: true })
      return client.search({ header: { 'message-id': '<key-copy@acme.example>' } })
    })
    expect(copies).toHaveLength(1)
    expect(world.smtp.kept.at(-1)).toMatchObject({
      messageId: '<key-copy@acme.example>',
      inReplyTo: '<m1@example.org>',
      subject: 'Re: Order 4711',
    })
  })

  test('quotes what it answers where that is wished', async () => {
    await world.dovecot.deliver(mail('Where is it?', { 'Message-ID': '<quote-me@example.org>' }))
    const command = reply('It left today.')
    const target = { ...command.target, parentExternalId: 'quote-me@example.org' }
    await open(world, { quote: 'yes' }).act({ ...command, target }, 'key-quote')
    expect(world.smtp.kept.at(-1)?.text).toMatch(
      /^It left today\.\n\nJo <jo@example\.org>, .* UTC:\n> Where is it\?\n/,
    )
  })

  test('sends files along, and never the same act twice', async () => {
    const ports = portsOf(world)
    const channel = open(world, {}, ports)
    const media = [
      { name: 'plan.pdf', mediaType: 'application/pdf', alt: '', bytes: Buffer.from('%PDF-1.7') },
    ]
    const before = world.smtp.kept.length
    await channel.act(reply('See the plan', { media }), 'key-media')
    expect(world.smtp.kept.at(-1)?.attachments).toMatchObject([
      { filename: 'plan.pdf', mimeType: 'application/pdf' },
    ])
    expect(await channel.act(reply('See the plan', { media }), 'key-media')).toMatchObject({ result: 'done' })
    expect(world.smtp.kept).toHaveLength(before + 1)
  })

  test('never sends again what may have left, and says so', async () => {
    const channel = open(world)
    world.smtp.fault = { at: 'kept', then: 'drop' }
    const before = world.smtp.kept.length
    expect(await channel.act(reply('Once'), 'key-lost')).toMatchObject({ result: 'unknown' })
    world.smtp.fault = null
    const ports = portsOf(world)
    await ports.store.set('sent:key-lost', `begun ${Date.now()}`)
    expect(await open(world, {}, ports).act(reply('Once'), 'key-lost')).toMatchObject({ result: 'unknown' })
    expect(await open(world, {}, ports).readBack(reply('Once'), 'key-lost')).toBe('cannot-say')
    expect(await open(world).readBack(reply('Once'), 'key-never')).toBe('absent')
    expect(world.smtp.kept).toHaveLength(before + 1)
  })

  test('asks a member for an answer so that every mail program brings it back', async () => {
    const answerToken = 'abcdefghijklmnopqrstuvwxyz234567'
    const command = { ...reply('Please answer'), what: 'notice' as const, answerToken }
    const done = await open(world).act(command, 'key-ask')
    expect(done).toMatchObject({ networkId: `answer-${answerToken}.key-ask@acme.example` })
    const asked = world.smtp.kept.at(-1)
    expect(asked?.replyTo?.[0]?.address).toBe(`care+answer-${answerToken}@acme.example`)
    expect(asked?.headers.find(({ key }) => key === 'auto-submitted')?.value).toBe('auto-generated')
  })

  test('brings history page by page, newest first, the sent mails after it', async () => {
    const quoted = '> Some words of an old mail that is quoted below the new one.\r\n'.repeat(10)
    await world.ourProgram(async (client) => {
      await client.mailboxCreate('Old')
      for (let index = 0; index < 300; index += 1) {
        const text = `History ${index}\r\n\r\nOn 3 May 2026 at 10:00 Jo <jo@example.org> wrote:\r\n${quoted}`
        await client.append('Old', mail(text).raw)
      }
    })
    const channel = open(world, { folder: 'Old', sentFolder: 'Sent' })
    const texts: string[] = []
    let cursor: string | null = null
    for (let more = true; more;) {
      const page: Polled | undefined = await channel.backfill?.(cursor, 100)
      if (page === undefined) throw new Error('no page')
      for (const event of page.events) {
        const meant = await channel.normalise?.(event)
        texts.push(...(meant?.activities.map(({ text }) => text) ?? []))
      }
      cursor = page.cursor
      more = page.more
    }
    const old = texts.filter((text) => text.startsWith('History'))
    expect(old).toEqual(Array.from({ length: 300 }, (_, index) => `History ${299 - index}`))
  }, 60_000)
})

describe.skipIf(missing !== null).each([
  { signIn: 'password', security: 'tls' },
  { signIn: 'password', security: 'starttls' },
  { signIn: 'oauth2', security: 'starttls' },
] satisfies WorldOptions[])('a mailbox by $security and $signIn', (options) => {
  let world: MailWorld
  beforeAll(async () => {
    world = await startMailWorld(options)
  })
  afterAll(() => world?.close())
  beforeEach(() => {
    world.smtp.kept.length = 0
  })

  test('works with a certificate of its own making that was given', async () => {
    expect(await open(world).check?.()).toMatchObject({ state: 'ok' })
    expect(await open(world).act(reply('Encrypted'), 'key-tls')).toMatchObject({ result: 'done' })
    expect(world.smtp.kept).toHaveLength(1)
  })

  test('says no word to a server whose certificate nobody vouches for', async () => {
    const channel = open(world, { ca: '' })
    const checked = await channel.check?.()
    expect(checked).toMatchObject({ state: 'misconfigured' })
    expect(checked?.detail).toContain('Certificate authority')
    expect(await channel.act(reply('Not sent'), 'key-ca')).toMatchObject({
      result: 'refused',
      error: 'network.down',
    })
    const running = listen(channel, null)
    await until(() => running.error !== null)
    expect(running.error).toMatchObject({ code: 'network.down' })
    expect(world.smtp.kept).toHaveLength(0)
    expect(world.dovecot.log()).not.toMatch(/Login: .*rip=127.0.0.1.*key-ca/)
  })

  test('is not talked out of encryption by a server that offers none', async () => {
    if (options.security !== 'starttls') return
    const plain = await startMailWorld({ signIn: 'password', security: 'none' })
    try {
      const { imapPort = '', smtpPort = '' } = plain.link.config
      const ports = openTestPorts({ trusted: plain.trusted })
      const config = {
        smtpPort,
        imapPort: options.signIn === 'password' ? imapPort : imapPort,
        auth: 'password',
      }
      const link = { ...world.link, config: { ...world.link.config, ...config }, secrets: plain.link.secrets }
      const channel = mailbox.open(ports, { smtp: undefined }, link)
      expect(await channel?.act(reply('In the clear'), 'key-clear')).toMatchObject({ result: 'refused' })
      expect(plain.smtp.kept).toHaveLength(0)
    } finally {
      await plain.close()
    }
  })
})
