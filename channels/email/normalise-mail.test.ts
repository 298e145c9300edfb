import { describe, expect, test } from 'vitest'
import { EngagementInput } from '../../contract/engagement.ts'
import type { Normalised } from '../channel.ts'
import { normaliseMail } from './normalise-mail.ts'

const own = { address: 'care@acme.example', authserv: 'mx.acme.example' }
const arrived = Date.UTC(2026, 4, 3, 9)

const usual = {
  From: '"Jo Doe" <Jo@Example.org>',
  To: 'Care <care@acme.example>',
  Date: 'Sun, 03 May 2026 10:00:00 +0200',
  'Message-ID': '<m1@example.org>',
  Subject: 'Order 4711',
}

function mailOf(headers: Readonly<Record<string, string | undefined>>, body = 'Where is it?'): string {
  const lines = Object.entries({ ...usual, ...headers }).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}: ${value}`],
  )
  return `${lines.join('\r\n')}\r\n\r\n${body}`
}

async function read(raw: string | Uint8Array, folder = 'inbox'): Promise<Normalised> {
  const body = typeof raw === 'string' ? Buffer.from(raw) : raw
  return normaliseMail({ key: 'k', at: arrived, body, facts: { folder } }, own)
}

async function first(raw: string | Uint8Array, folder = 'inbox') {
  const { activities } = await read(raw, folder)
  return EngagementInput.parse(activities[0])
}

function multipart(kind: string, ...parts: readonly string[]): string {
  const body = parts.map((part) => `--b\r\n${part}\r\n`).join('')
  const type = `multipart/${kind}; boundary=b${kind === 'report' ? '; report-type=delivery-status' : ''}`
  return mailOf({ 'MIME-Version': '1.0', 'Content-Type': type }, `${body}--b--\r\n`)
}

describe('a mail', () => {
  test('is a direct message from who wrote it to the mailbox', async () => {
    expect(await first(mailOf({ Cc: 'Al <AL@example.org>, care@acme.example' }))).toEqual({
      type: 'Create',
      kind: 'Message',
      source: 'email',
      channel: 'email',
      externalId: 'm1@example.org',
      direction: 'in',
      author: { externalId: 'jo@example.org', handle: 'jo@example.org', name: 'Jo Doe' },
      presence: 'care@acme.example',
      mentions: ['al@example.org'],
      closedCircle: true,
      visibility: 'direct',
      subject: 'Order 4711',
      text: 'Where is it?',
      media: [],
      publishedAt: '2026-05-03T08:00:00.000Z',
      automatic: false,
    })
  })

  test('stands below what it answers, and names what was said before that', async () => {
    const headers = { 'In-Reply-To': '<c@x>', References: '<a@x>\r\n <b@x> <c@x>' }
    const input = await first(mailOf(headers))
    expect(input.parentExternalId).toBe('c@x')
    expect(input.ancestorExternalIds).toEqual(['b@x', 'a@x'])
    const without = await first(mailOf({ References: '<a@x> <b@x>' }))
    expect(without.parentExternalId).toBe('b@x')
    const itself = await first(mailOf({ 'In-Reply-To': '<m1@example.org>' }))
    expect(itself.parentExternalId).toBeUndefined()
  })

  test('of ours among the sent mails goes out; the same in the folder of customers is somebody in disguise', async () => {
    const ours = mailOf({ From: 'Mia <care@acme.example>', To: 'jo@example.org' })
    expect(await first(ours, 'sent')).toMatchObject({
      direction: 'out',
      automatic: false,
      author: { externalId: 'care@acme.example', name: 'Mia' },
      mentions: ['jo@example.org'],
    })
    expect(await first(ours)).toMatchObject({ direction: 'in', automatic: true })
  })

  test('that a web form sent in our name is of who filled it in, unverified', async () => {
    const headers = {
      'Authentication-Results': 'mx.acme.example; dmarc=pass header.from=acme.example',
      From: 'Web form <care@acme.example>',
      'Reply-To': 'jo@example.org',
    }
    const input = await first(mailOf(headers))
    expect(input).toMatchObject({
      direction: 'in',
      automatic: false,
      author: { externalId: 'jo@example.org' },
    })
    expect(input.author.verifiedEmail).toBeUndefined()
  })

  test('without a name, with a time to come, or without a readable time is read all the same', async () => {
    const input = await first(mailOf({ 'Message-ID': undefined, Date: 'Sun, 03 May 2046 10:00:00 +0200' }))
    expect(input.publishedAt).toBe(new Date(arrived).toISOString())
    expect(input.externalId).toMatch(/^no-id:2046-05-03T08:00:00.000Z:jo@example.org:Order 4711$/)
    expect((await first(mailOf({ Date: 'yesterday' }))).publishedAt).toBe(new Date(arrived).toISOString())
  })

  test('without a sender is kept raw and counted', async () => {
    expect(await read(mailOf({ From: undefined }))).toEqual({
      activities: [],
      unknown: ['mail without a sender'],
    })
    expect(await read('')).toMatchObject({ activities: [] })
  })
})

describe('a sender', () => {
  const verdicts: readonly (readonly [string, string | undefined, boolean])[] = [
    ['DMARC passed', 'mx.acme.example; dmarc=pass (p=reject) header.from=example.org', true],
    ['DMARC passed, said with a version', 'mx.acme.example 1; dmarc=pass header.from=example.org', true],
    [
      'DMARC failed, though a signature is right',
      'mx.acme.example; dmarc=fail; dkim=pass header.d=example.org',
      false,
    ],
    ['a signature of the same domain', 'mx.acme.example; dkim=pass header.d=example.org', true],
    ['a signature of another domain', 'mx.acme.example; dkim=pass header.d=evil.example', false],
    ['a signature of a domain that only ends alike', 'mx.acme.example; dkim=pass header.d=ample.org', false],
    ['a signature of a whole country', 'mx.acme.example; dkim=pass header.d=org', false],
    ['SPF alone', 'mx.acme.example; spf=pass smtp.mailfrom=example.org', false],
    ['another server', 'mx.evil.example; dmarc=pass header.from=example.org', false],
    ['a comment that pretends', 'mx.acme.example; dmarc=fail (; dmarc=pass)', false],
    ['no check', undefined, false],
  ]
  test.each(verdicts)('is known to be who they say: %s', async (_, value, isVerified) => {
    const input = await first(
      `${value === undefined ? '' : `Authentication-Results: ${value}\r\n`}${mailOf({})}`,
    )
    expect(input.author.verifiedEmail).toBe(isVerified ? 'jo@example.org' : undefined)
  })

  test('cannot speak for our server below what it wrote itself', async () => {
    const real = 'Authentication-Results: mx.acme.example; dmarc=fail header.from=example.org\r\n'
    const forged = 'Authentication-Results: mx.acme.example; dmarc=pass header.from=example.org\r\n'
    expect((await first(real + forged + mailOf({}))).author.verifiedEmail).toBeUndefined()
    const hops = 'Received: from a by b\r\n'.repeat(5)
    expect((await first(hops + forged + mailOf({}))).author.verifiedEmail).toBeUndefined()
  })

  test('of two From addresses is verified as none', async () => {
    const passed = 'Authentication-Results: mx.acme.example; dmarc=pass\r\n'
    const two = await first(passed + mailOf({ From: 'jo@example.org, al@example.com' }))
    expect(two.author.verifiedEmail).toBeUndefined()
    const twice = await first(`${passed}From: al@example.com\r\n${mailOf({})}`)
    expect(twice.author.verifiedEmail).toBeUndefined()
  })
})

describe('what no person wrote', () => {
  test.each([
    ['Auto-Submitted', 'auto-replied'],
    ['Auto-Submitted', 'auto-generated'],
    ['Precedence', 'bulk'],
    ['Precedence', 'auto_reply'],
    ['List-Id', '<news.example.org>'],
    ['X-Auto-Response-Suppress', 'All'],
    ['X-Autoreply', 'yes'],
    ['Return-Path', '<>'],
    ['From', 'MAILER-DAEMON@example.org'],
    ['From', 'no-reply@example.org'],
  ])('is automatic: %s: %s', async (name, value) => {
    expect((await first(mailOf({ [name]: value }))).automatic).toBe(true)
  })

  test.each([
    ['Auto-Submitted', 'no'],
    ['Precedence', 'first-class'],
    ['X-Other', 'yes'],
  ])('is not: %s: %s', async (name, value) => {
    expect((await first(mailOf({ [name]: value }))).automatic).toBe(false)
  })

  test('is a bounce, and says of our mail that it failed', async () => {
    const text = 'Content-Type: text/plain\r\n\r\nSorry.'
    const status =
      'Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.org\r\n\r\nFinal-Recipient: rfc822; jo@example.org\r\nAction: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1\r\n  User unknown\r\n'
    const original = `Content-Type: message/rfc822\r\n\r\nFrom: care@acme.example\r\nMessage-ID: <key-1@acme.example>\r\nSubject: Re\r\n\r\nHello`
    const { activities, receipts } = await read(multipart('report', text, status, original))
    expect(activities).toEqual([])
    expect(receipts).toEqual([
      {
        networkId: 'key-1@acme.example',
        state: 'failed',
        detail: 'The mail did not reach jo@example.org: 550 5.1.1 User unknown',
        at: Date.UTC(2026, 4, 3, 8),
      },
    ])
    const late = await read(multipart('report', text, status.replace('failed', 'delayed'), original))
    expect(late.receipts).toBeUndefined()
    expect(late.activities[0]?.automatic).toBe(true)
  })

  test('is a word that our mail was shown', async () => {
    const shown =
      'Content-Type: message/disposition-notification\r\n\r\nOriginal-Message-ID: <key-1@acme.example>\r\nDisposition: manual-action/MDN-sent-manually; displayed\r\n'
    const { receipts } = await read(multipart('report', 'Content-Type: text/plain\r\n\r\nRead.', shown))
    expect(receipts).toMatchObject([{ networkId: 'key-1@acme.example', state: 'read' }])
  })
})

describe('the words of a mail', () => {
  test('are those of its HTML where it has no others, without what its writer hid', async () => {
    const html =
      '<head><style>p{}</style><title>T</title></head><div style="display: none">preview</div><p>It came&nbsp;<b>today</b>.</p><ul><li>one<li>two</ul><script>alert(1)</script><div class="gmail_quote"><div>On Sun, May 3, 2026 at 10:00 AM Care &lt;care@acme.example&gt; wrote:<br></div><blockquote><p>Has it come?</p></blockquote></div>'
    const raw = mailOf({ 'Content-Type': 'text/html; charset=utf-8' }, html)
    expect((await first(raw)).text).toBe('It came today.\n\n- one\n- two')
  })

  test('are those of Outlook without its header block', async () => {
    const html =
      '<p>It came today.</p><div style="border-top:solid #E1E1E1 1pt"><p><b>Von:</b> Care<br><b>Gesendet:</b> Sonntag<br><b>An:</b> Jo<br><b>Betreff:</b> Order</p></div><p>Has it come?</p>'
    expect((await first(mailOf({ 'Content-Type': 'text/html' }, html))).text).toBe('It came today.')
  })

  test.each([
    ['iso-8859-1', Buffer.from('Caf\xe9', 'latin1'), 'Café'],
    ['windows-1251', Buffer.from([0xcf, 0xf0, 0xe8]), 'При'],
    ['shift_jis', Buffer.from([0x93, 0xfa, 0x96, 0x7b]), '日本'],
    ['gb18030', Buffer.from([0xd6, 0xd0, 0xce, 0xc4]), '中文'],
    ['utf-8', Buffer.from('Ünï 👩‍👩‍👧'), 'Ünï 👩‍👩‍👧'],
    ['x-unheard-of', Buffer.from('plain'), 'plain'],
  ])('are read in %s', async (charset, bytes, text) => {
    const head = Buffer.from(mailOf({ 'Content-Type': `text/plain; charset=${charset}` }, ''))
    expect((await first(Buffer.concat([head, bytes]))).text).toBe(text)
  })

  test('hold no broken signs, and names none that turn the direction', async () => {
    const subject = `=?utf-8?Q?invoice_=E2=80=AEfdp.exe?=`
    const html = '<p>a&#xD800;b&#0;c&#x1F600;</p>'
    const raw = mailOf(
      { Subject: subject, From: '"=?utf-8?Q?J=E2=80=AEo?=" <jo@example.org>', 'Content-Type': 'text/html' },
      html,
    )
    const input = await first(raw)
    expect(input.text.isWellFormed()).toBe(true)
    expect(input.subject).toBe('invoice fdp.exe')
    expect(input.author.name).toBe('J o')
  })
})

describe('attachments', () => {
  const file = (name: string, type = 'application/zip', more = ''): string =>
    `Content-Type: ${type}\r\nContent-Disposition: attachment; filename="${name}"\r\nContent-Transfer-Encoding: base64\r\n${more}\r\nUEsDBAAA\r\n`

  test('come along as they are, unopened, under names that are none of a path', async () => {
    const text = 'Content-Type: text/plain\r\n\r\nSee below'
    const raw = multipart(
      'mixed',
      text,
      file('../../.bashrc'),
      file('C:\\\\x\\\\a<b>.zip'),
      file('in\u202Egnp.exe'),
      file(''),
    )
    const { activities, attachments } = await read(raw)
    expect(activities[0]?.text).toBe('See below')
    expect(attachments?.map(({ name }) => name)).toEqual(['bashrc', 'a_b_.zip', 'in gnp.exe', 'attachment-4'])
    expect(attachments?.[0]).toMatchObject({ externalId: 'm1@example.org', mediaType: 'application/zip' })
    expect(Buffer.from(attachments?.[0]?.bytes ?? []).toString('latin1')).toBe('PK\x03\x04\0\0')
  })

  test('are twenty at most, and what is more is told', async () => {
    const { attachments, unknown } = await read(
      multipart('mixed', ...Array.from({ length: 30 }, (_, i) => file(`${i}.zip`))),
    )
    expect(attachments).toHaveLength(20)
    expect(unknown).toEqual(['more attachments than are kept'])
  })
})

describe('a member who answers by mail', () => {
  const token = 'abcdefghijklmnopqrstuvwxyz234567'

  test.each([
    ['the address', { To: `care+answer-${token}@acme.example` }],
    ['the name of the mail answered', { 'In-Reply-To': `<answer-${token}.key-1@acme.example>` }],
  ])('is known by the token in %s', async (_, headers) => {
    const { activities, mailedAnswers } = await read(mailOf(headers, 'It leaves today.\r\n\r\n-- \r\nMia'))
    expect(activities).toEqual([])
    expect(mailedAnswers).toEqual([
      {
        token,
        from: 'jo@example.org',
        sender: 'unknown',
        externalId: 'm1@example.org',
        text: 'It leaves today.',
        at: Date.UTC(2026, 4, 3, 8),
      },
    ])
  })

  test('is verified or refuted by our own server', async () => {
    const to = { To: `care+answer-${token}@acme.example` }
    const said = (verdict: string) =>
      `Authentication-Results: mx.acme.example; dmarc=${verdict}\r\n${mailOf(to)}`
    expect((await read(said('pass'))).mailedAnswers?.[0]?.sender).toBe('verified')
    expect((await read(said('fail'))).mailedAnswers?.[0]?.sender).toBe('refuted')
  })

  test('is no machine, and nobody with a token of another shape', async () => {
    const away = await read(
      mailOf({ To: `care+answer-${token}@acme.example`, 'Auto-Submitted': 'auto-replied' }),
    )
    expect(away.mailedAnswers).toBeUndefined()
    expect((await read(mailOf({ To: 'care+answer-x@acme.example' }))).mailedAnswers).toBeUndefined()
    expect((await read(mailOf({ To: `care+answer-${token}@evil.example` }))).mailedAnswers).toBeUndefined()
  })
})
