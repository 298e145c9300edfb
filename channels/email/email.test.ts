import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startMailServer, type MailServer } from '../../test/peers/mail-server.ts'
import { openTestPorts } from '../../test/ports.ts'
import type { Command } from '../acting.ts'
import type { Channel } from '../channel.ts'
import { composeMail } from './compose-mail.ts'
import { email } from './email.ts'
import { readSmtpUrl } from './smtp-session.ts'

const from = 'care@acme.example'
let mail: MailServer

beforeAll(async () => {
  mail = await startMailServer({ user: 'acme', password: 'right' })
})
afterAll(() => mail.close())
beforeEach(() => {
  mail.fault = null
  mail.kept.length = 0
})

function open(url = mail.url): Channel {
  const { host } = new URL(url)
  const ports = openTestPorts({ trusted: [host], now: () => Date.UTC(2026, 4, 1) })
  const channel = email.open(ports, { smtp: { url, from } }, null)
  if (channel === null) throw new Error('no channel')
  return channel
}

function reply(more: Partial<Command['target']> = {}, text = 'Hello'): Command {
  const target = {
    address: 'jo@example.org',
    parentExternalId: null,
    earlierExternalIds: [],
    subject: 'Hi',
    ...more,
  }
  return { what: 'reply', target, text, speaker: 'Olga (Acme)', presence: 'help@acme.example' }
}

describe('e-mail', () => {
  test('is not there without a mail server', () => {
    expect(email.open(openTestPorts({ trusted: [] }), { smtp: undefined }, null)).toBeNull()
  })

  test('signs in where the address says so, and a wrong password is not tried again', async () => {
    const url = `smtp://acme:right@127.0.0.1:${mail.port}`
    expect(await open(url).act(reply(), 'k1')).toMatchObject({ result: 'done', networkId: 'k1@acme.example' })
    const wrong = `smtp://acme:wrong@127.0.0.1:${mail.port}`
    expect(await open(wrong).act(reply(), 'k2')).toMatchObject({ result: 'refused', error: 'auth.revoked' })
    expect(mail.kept).toHaveLength(1)
  })

  test('with a password asks for TLS, unless the server is this machine', async () => {
    const server = readSmtpUrl('smtp://acme:right@mail.example')
    expect(server).toMatchObject({ port: 587, isSecure: false, needsTls: true })
    expect(readSmtpUrl('smtp://acme:right@127.0.0.1')).toMatchObject({ needsTls: false })
    expect(readSmtpUrl('smtp://mail.example')).toMatchObject({ needsTls: false, user: null })
    expect(readSmtpUrl('smtps://a%40b:p%3Aw@mail.example')).toEqual({
      host: 'mail.example',
      port: 465,
      isSecure: true,
      needsTls: true,
      user: 'a@b',
      password: 'p:w',
    })
  })

  test.each([
    null,
    'nobody',
    'a@b\r\nBcc: c@d',
    'a@b, c@d',
    '<a@b>',
    'a@b c@d',
    '"x" <a@b>',
    'a@b;c@d',
    `${'a'.repeat(320)}@b`,
  ])('goes to one plain address only, never to %j', async (address) => {
    expect(open().canAct(reply({ address }).target, 0)).toMatchObject({ can: false })
    expect(await open().act(reply({ address }), 'k3')).toMatchObject({
      result: 'refused',
      error: 'target.gone',
    })
    expect(mail.kept).toHaveLength(0)
  })

  test('lets no text become a header or an end of the mail', async () => {
    const subject = 'Hi\r\nBcc: evil@example.org\n\nbody'
    const command = {
      ...reply({ subject, parentExternalId: 'a@b>\r\nX-Evil: 1' }, 'one\r\n.\r\nMAIL FROM:<x@y>'),
    }
    const done = await open().act({ ...command, speaker: 'Olga\r\nX-Evil: 1' }, 'k4')
    expect(done.result).toBe('done')
    expect(mail.kept).toHaveLength(1)
    const [kept] = mail.kept
    expect(kept?.subject).toBe('Re: Hi Bcc: evil@example.org body')
    expect(kept?.bcc).toBeUndefined()
    expect(kept?.headers.map(({ key }) => key)).not.toContain('x-evil')
    expect(kept?.text).toContain('MAIL FROM:<x@y>')
    expect(kept?.inReplyTo).toBeUndefined()
  })

  test('keeps every sign of every script', async () => {
    const text = 'Grüße 👩‍👩‍👧 שלום \u202e.. 漢字\n'.repeat(200)
    await open().act(reply({ subject: 'Frage: wo ist’s? 漢字' }, text), 'k5')
    expect(mail.kept[0]?.text?.trimEnd()).toBe(text.trimEnd())
    expect(mail.kept[0]?.subject).toBe('Re: Frage: wo ist’s? 漢字')
  })

  test('names what came before as readers of mail expect it', () => {
    const ids = Array.from({ length: 50 }, (_, i) => `${i}@mx`)
    const mail1 = composeMail(
      reply({ parentExternalId: '49@mx', earlierExternalIds: [...ids, 'no id'] }),
      'k',
      from,
    )
    expect(mail1.references).toHaveLength(20)
    expect(mail1.references[0]).toBe('0@mx')
    expect(mail1.references.at(-1)).toBe('49@mx')
    expect(mail1.inReplyTo).toBe('49@mx')
    expect(composeMail(reply({ subject: 'AW: Re: x' }), 'k', from).subject).toBe('AW: Re: x')
    expect(composeMail(reply({ subject: null }), 'k', from).subject).toBe('Re: your message')
  })

  test.each([
    ['recipient', 450, 'network.down'],
    ['kept', 451, 'network.down'],
    ['recipient', 421, 'rate'],
    ['sender', 451, 'rate'],
  ] as const)(
    'put off at "%s" with %i is %s: greylisting holds up one mail alone',
    async (at, code, error) => {
      mail.fault = { at, then: { code, message: 'later' } }
      const put = await open().act(reply(), `k7-${at}-${code}`)
      mail.fault = null
      expect(put).toMatchObject({ result: 'refused', error })
      expect(put).toHaveProperty('detail', expect.stringContaining('later'))
    },
  )

  test('whose server is away did not happen', async () => {
    const away = await open('smtp://127.0.0.1:1').act(reply(), 'k6')
    expect(away).toMatchObject({ result: 'refused', error: 'network.down' })
  })
})
