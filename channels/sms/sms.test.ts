import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { EngagementInput } from '../../contract/engagement.ts'
import { isUcs2, joined, openKannelBackend, type KannelBackend } from '../../test/peers/kannel/backend.ts'
import { missingKannel } from '../../test/peers/kannel/kannel.ts'
import { openTestPorts } from '../../test/ports.ts'
import type { Command } from '../acting.ts'
import type { Channel, HookRequest, Link } from '../channel.ts'
import { readOptWord } from './opt-words.ts'
import { toE164 } from './phone-number.ts'
import { sms } from './sms.ts'

const now = Date.UTC(2026, 4, 1, 12)
const link: Link = {
  id: 'l',
  account: { id: '+4915100000000', handle: '+4915100000000', name: '', url: null, avatarUrl: null },
  config: {
    url: 'https://sms.example/cgi-bin/sendsms',
    user: 'u',
    sender: '+49 151 00000000',
    country: 'DE',
  },
  secrets: { password: 'p', hookKey: 'the-newest-key-of-all the-key-before-it' },
  hookUrl: 'https://desk.example/hooks/abc',
}

function open(more: Partial<Link> = {}): Channel {
  const ports = openTestPorts({ trusted: [], now: () => now })
  const channel = sms.open(ports, { smtp: undefined }, { ...link, ...more })
  if (channel === null) throw new Error('no channel')
  return channel
}

function call(text: string, query: Readonly<Record<string, string>> = {}): HookRequest {
  return {
    method: 'POST',
    query: {
      key: 'the-newest-key-of-all',
      from: '491701234567',
      to: '4915100000000',
      id: '2d48aaea-011b',
      at: String(now / 1_000),
      ...query,
    },
    headers: { 'content-type': 'text/plain; charset="UTF-8"' },
    body: Buffer.from(text),
  }
}

describe('a telephone number', () => {
  test.each([
    ['+491701234567', 'DE', '+491701234567'],
    ['491701234567', 'DE', '+491701234567'],
    ['00491701234567', '', '+491701234567'],
    ['0170 1234567', 'DE', '+491701234567'],
    ['0170 1234567', '', null],
    ['(202) 555-0143', 'US', '+12025550143'],
    ['447911123456', 'DE', '+447911123456'],
    ['80888', 'DE', null],
    ['AMAZON', 'DE', null],
    ['', 'DE', null],
    ['+', 'DE', null],
    ['+49170123456712345678901', 'DE', null],
    ['+491701234567;ext=1', 'DE', null],
    ['٠١٧٠', 'DE', null],
  ])('%j of %s is %j', (written, country, number) => expect(toE164(written, country)).toBe(number))

  test('whatever is written, it is E.164 or nothing, and stays what it is', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 60 }),
        fc.constantFrom('', 'DE', 'US', 'XX', '__proto__'),
        (text, country) => {
          const number = toE164(text, country)
          if (number === null) return
          expect(number).toMatch(/^\+[1-9]\d{3,14}$/)
          expect(toE164(number, '')).toBe(number)
        },
      ),
    )
  })
})

describe('words that carriers ask for', () => {
  test.each([
    'STOP',
    ' stop. ',
    'Stop!',
    'STOP ALL',
    'opt-out',
    'Arrêt',
    'ARRET',
    'Abmelden',
    'baja',
    'СТОП',
    '退订',
    'توقف',
    'ΔΙΑΚΟΠΗ',
  ])('%j means no more', (text) => expect(readOptWord(text)).toBe('stop'))
  test.each(['START', 'unstop', 'alta', 'старт'])('%j means again', (text) =>
    expect(readOptWord(text)).toBe('start'),
  )
  test.each(['HELP', 'info', 'Hilfe?', 'ayuda', 'помощь'])('%j asks for help', (text) =>
    expect(readOptWord(text)).toBe('help'),
  )
  test.each([
    'please stop sending parts to the old address',
    'where is the bus stop',
    '',
    '...',
    'stop it',
    'x'.repeat(1_000),
  ])('%j is a message like any other', (text) => expect(readOptWord(text)).toBeNull())
})

describe('what Kannel calls for', () => {
  test('counts with every live key, and with no other', async () => {
    const channel = open()
    for (const key of ['the-newest-key-of-all', 'the-key-before-it']) {
      expect(await channel.receive!(call('hi', { key }))).toMatchObject({ result: 'accept' })
    }
    for (const key of [
      '',
      'the-newest-key-of-al',
      'the-newest-key-of-all ',
      'the-newest-key-of-all the-key-before-it',
    ]) {
      expect(await channel.receive!(call('hi', { key }))).toMatchObject({ result: 'reject', status: 401 })
    }
    const open12 = open({ secrets: { password: 'p', hookKey: '' } })
    expect(await open12.receive!(call('hi', { key: '' }))).toMatchObject({ result: 'reject' })
  })

  test.each([
    ['of four days ago', { at: String(now / 1_000 - 4 * 86_400) }],
    ['of tomorrow', { at: String(now / 1_000 + 86_400) }],
    ['without a time', { at: '' }],
    ['with a strange time', { at: '1e400' }],
    ['without a name', { id: '' }],
    ['with a strange name', { id: '../../etc/passwd' }],
    ['from nobody', { from: '' }],
  ])('is refused %s', async (_, query) => {
    const received = await open().receive!(call('hi', query))
    // An empty time is the year 1970.
    expect(received).toMatchObject({ result: 'reject', status: 400 })
  })

  test('to another number of the same Kannel is none of ours, and is not asked for again', async () => {
    expect(await open().receive!(call('hi', { to: '4915199999999' }))).toEqual({
      result: 'accept',
      events: [],
    })
  })

  test('STOP takes consent away, START gives it back, HELP leaves it', async () => {
    const channel = open()
    for (const [text, consents, automatic] of [
      ['Stop!', [{ address: '+491701234567', mayWrite: false, at: now }], true],
      ['START', [{ address: '+491701234567', mayWrite: true, at: now }], true],
      ['HELP', [], false],
    ] as const) {
      const received = await channel.receive!(call(text))
      const meant = received.result === 'accept' ? await channel.normalise!(received.events[0]!) : null
      expect(meant).toMatchObject({ consents, activities: [{ text, automatic, visibility: 'direct' }] })
    }
    const target = { address: '+491701234567', parentExternalId: null, earlierExternalIds: [], subject: null }
    expect(channel.canAct({ ...target, isOptedOut: true }, now)).toMatchObject({
      can: false,
      reason: expect.stringContaining('STOP'),
    })
    const command: Command = {
      what: 'reply',
      target: { ...target, isOptedOut: true },
      text: 'x',
      speaker: '',
      presence: null,
    }
    expect(await channel.act(command, 'k')).toMatchObject({ result: 'refused', error: 'target.forbidden' })
  })

  test.each(['AMAZON', '80888', '+', null])('nobody writes to %j', (address) => {
    const target = { address, parentExternalId: null, earlierExternalIds: [], subject: null }
    expect(open().canAct(target, now).can).toBe(false)
  })

  test('whatever it holds is read or refused, never thrown', async () => {
    const channel = open()
    const strange = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 80 }),
      fc.constantFrom('%p', '1', '31', 'UTF-16BE', '\0', '-1'),
    )
    const calls = fc.record({
      method: fc.constantFrom('GET', 'POST', 'PUT'),
      query: fc.dictionary(
        fc.constantFrom('from', 'to', 'id', 'at', 'dlr', 'act', 'reply', '__proto__'),
        strange,
      ),
      contentType: fc.oneof(
        strange,
        fc.constantFrom('text/plain; charset="UTF-16BE"', 'text/plain; charset=utf-7'),
      ),
      body: fc.uint8Array({ maxLength: 400 }),
    })
    const property = fc.asyncProperty(
      calls,
      fc.boolean(),
      async ({ method, query, contentType, body }, isWhole) => {
        const given = isWhole
          ? { ...call('').query, ...query, to: call('').query['to']!, at: call('').query['at']! }
          : query
        const request = {
          method,
          query: { ...given, key: 'the-newest-key-of-all' },
          headers: { 'content-type': contentType },
          body,
        }
        const received = await channel.receive!(request)
        for (const event of received.result === 'accept' ? received.events : []) {
          expect(event.key.length).toBeLessThanOrEqual(512)
          const meant = await channel.normalise!(event)
          for (const activity of meant.activities) EngagementInput.parse(activity)
        }
      },
    )
    await fc.assert(property, { numRuns: 500 })
  })
})

test('a preview says what is sent and paid for', () => {
  const channel = open()
  expect(channel.preview('Hi')).toEqual({
    length: 2,
    max: 1_530,
    warnings: [],
    cost: '1 message',
    parts: ['Hi'],
  })
  expect(channel.preview('Привет')).toMatchObject({
    max: 670,
    cost: '1 message',
    warnings: [expect.stringContaining('70 signs')],
  })
  expect(channel.preview('x'.repeat(1_531))).toMatchObject({
    length: 1_531,
    cost: '11 messages',
    warnings: [expect.stringContaining('Too long')],
  })
  expect(channel.preview('x'.repeat(1_531)).parts).toBeUndefined()
})

test.each([
  [{ url: 'http://sms.example/cgi-bin/sendsms' }, 'https'],
  [{ url: 'nothing' }, 'no address'],
  [{ sender: '' }, 'No number'],
])('a check of %j names what is wrong', async (config, words) => {
  expect(await open({ config: { ...link.config, ...config } }).check!()).toMatchObject({
    state: 'misconfigured',
    detail: expect.stringContaining(words),
  })
})

describe.skipIf(missingKannel() !== null)('Kannel', () => {
  let backend: KannelBackend
  let channel: Channel
  const calls: HookRequest[] = []
  beforeAll(async () => {
    backend = await openKannelBackend()
    channel = sms.open(backend.ports, backend.settings, backend.link)!
    backend.onPush?.(async (request) => {
      calls.push(request)
      return 200
    })
  }, 30_000)
  afterAll(() => backend?.close())

  test('cuts texts where the preview cuts them', async () => {
    const texts = [
      'a'.repeat(160),
      'a'.repeat(161),
      `${'x'.repeat(152)}€${'y'.repeat(20)}`,
      '€ a{b}'.repeat(40),
      'я'.repeat(70),
      'я'.repeat(71),
      `${'漢'.repeat(66)}👩${'字'.repeat(90)}`,
      `${'Zeile\n'.repeat(30)}Ende`,
    ]
    for (const [index, text] of texts.entries()) {
      const to = `+49162${String(index).padStart(7, '0')}`
      const target = { address: to, parentExternalId: null, earlierExternalIds: [], subject: null }
      const command: Command = { what: 'reply', target, text, speaker: '', presence: null }
      expect(await channel.act(command, `cut-${index}`)).toMatchObject({
        result: 'done',
        networkId: `cut-${index}`,
      })
      const parts = channel.preview(text).parts!
      await expect.poll(() => sentTo(to).length, { timeout: 5_000 }).toBe(parts.length)
      expect(joined(sentTo(to))).toEqual([text])
      const isWide = isUcs2(Buffer.concat(sentTo(to).map(({ data }) => data)))
      const lengths = sentTo(to).map(({ data }) => (isWide ? data.length / 2 : data.toString('utf8').length))
      expect(Math.max(...lengths)).toBeLessThanOrEqual(isWide ? 70 : 160)
      // A sign that is torn between two messages is shown whole with the later one.
      if (!text.includes('👩')) expect(lengths).toEqual(parts.map(({ length }) => length))
    }
  })

  function sentTo(to: string) {
    return backend.kannel.centre.filter((message) => message.to === to)
  }

  test('joins the parts of a long message that a telephone sent', async () => {
    const posted = () => calls.filter(({ method }) => method === 'POST')
    backend.kannel.writeRaw('491631111111 4915100000000 udh-text %05%00%03%07%02%02 and the second half')
    backend.kannel.writeRaw('491631111111 4915100000000 udh-text %05%00%03%07%02%01 the first half ')
    await expect.poll(() => posted().length, { timeout: 5_000 }).toBe(1)
    const received = await channel.receive!(posted()[0]!)
    const meant = received.result === 'accept' ? await channel.normalise!(received.events[0]!) : null
    expect(meant?.activities).toMatchObject([
      { text: 'the first half and the second half', author: { externalId: '+491631111111' } },
    ])
  })

  test('tells a wrong password apart from a good one without sending anything', async () => {
    const before = backend.kannel.centre.length
    expect(await channel.check!()).toMatchObject({ state: 'ok', account: { id: '+4915100000000' } })
    const wrong = { ...backend.link, secrets: { ...backend.link.secrets, password: 'wrong' } }
    expect(await sms.open(backend.ports, backend.settings, wrong)!.check!()).toMatchObject({
      state: 'needs-reauth',
    })
    expect(backend.kannel.centre.length).toBe(before)
  })
})
