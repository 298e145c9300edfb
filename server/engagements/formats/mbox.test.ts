import { expect, test } from 'vitest'
import { mbox } from './mbox.ts'
import { readAll } from './read-all.fixture.ts'

const FROM = 'From ann@example.org Tue Mar  4 10:00:00 2025\n'
const HEAD = `From: "Ann B." <Ann@Example.org>
To: Help <help@shop.example>
Date: Tue, 04 Mar 2025 10:00:00 +0100
Message-ID: <m1@example.org>
Subject: =?utf-8?Q?Where_is_my_order=3F?=
`

test('a mail becomes a direct message with subject, sender and time', async () => {
  const { parsed, refused } = await readAll(mbox, `${FROM}${HEAD}\nHello,\n\n>From here on I wait.\n\n`)
  expect(refused).toEqual([])
  expect(parsed[0]?.input).toEqual({
    type: 'Create',
    kind: 'Message',
    source: 'email',
    externalId: 'm1@example.org',
    channel: 'email',
    direction: 'in',
    author: { externalId: 'ann@example.org', handle: 'ann@example.org', name: 'Ann B.' },
    presence: 'help@shop.example',
    mentions: [],
    visibility: 'direct',
    subject: 'Where is my order?',
    text: 'Hello,\n\nFrom here on I wait.',
    media: [],
    publishedAt: '2025-03-04T09:00:00.000Z',
    automatic: false,
  })
})

test('our answer hangs below the mail that it answers, on the address it came from', async () => {
  const ours = HEAD.replace('"Ann B." <Ann@Example.org>', 'Mia <help@shop.example>').replace('<m1@', '<m2@')
  const content = `${FROM}${HEAD}\nHi\n\n${FROM}${ours}In-Reply-To: <m1@example.org>\n\nHello Ann\n`
  const { parsed } = await readAll(mbox, content, { ownHandles: ['help@shop.example'] })
  expect(
    parsed.map(({ line, input }) => [line, input.direction, input.presence, input.parentExternalId]),
  ).toEqual([
    [1, 'in', 'help@shop.example', undefined],
    [10, 'out', 'help@shop.example', 'm1@example.org'],
  ])
})

test('without In-Reply-To the last of References is the parent', async () => {
  const { parsed } = await readAll(mbox, `${FROM}${HEAD}References: <a@x> <b@x>\n\nHi\n`)
  expect(parsed[0]?.input.parentExternalId).toBe('b@x')
})

test.each([
  ['Auto-Submitted: auto-replied', true],
  ['Auto-Submitted: no', false],
  ['Precedence: auto_reply', true],
  ['X-Other: x', false],
])('%s', async (header, automatic) => {
  const { parsed } = await readAll(mbox, `${FROM}${HEAD}${header}\n\nHi\n`)
  expect(parsed[0]?.input.automatic).toBe(automatic)
})

test('an address counts as verified when our own server says that DMARC passed', async () => {
  const header = 'Authentication-Results: mx.shop.example; dmarc=pass header.from=example.org\n'
  const { parsed } = await readAll(mbox, `${FROM}${header}${HEAD}\nHi\n`)
  expect(parsed[0]?.input.author.verifiedEmail).toBe('ann@example.org')
})

test('of text and HTML the text is taken, HTML alone is turned into text, attachments are counted', async () => {
  const part = (type: string, body: string, more = '') => `--b\nContent-Type: ${type}\n${more}\n${body}\n`
  const mail = (parts: string) =>
    `${FROM}${HEAD}MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n${parts}--b--\n`
  const html = part('text/html; charset=utf-8', '<style>x</style><p>Caf&eacute; <b>closed</b></p><p>Bye</p>')
  const file = part('application/pdf', 'AAAA', 'Content-Disposition: attachment; filename=a.pdf\n')
  const { parsed } = await readAll(mbox, mail(html + file))
  expect(parsed[0]?.input.text).toBe('Café closed\n\nBye')
  expect(parsed[0]?.notices).toEqual([
    { message: 'Attachments of mails were left out: media need a web address.', count: 1 },
  ])
})

test('a letter that says "From" at the beginning of a line stays whole', async () => {
  const { parsed } = await readAll(
    mbox,
    `${FROM}${HEAD}\nFrom Monday on we are closed\n\n${FROM}${HEAD}\nx\n`,
  )
  expect(parsed.map(({ input }) => input.text)).toEqual(['From Monday on we are closed', 'x'])
})

test('a single saved mail is read without the From line', async () => {
  const { parsed } = await readAll(mbox, `${HEAD}\nHi\n`)
  expect(parsed).toHaveLength(1)
})

test('mails without sender or time, from the future or damaged are refused, the others are read', async () => {
  const bad = [
    HEAD.replace(/^From: .*\n/, ''),
    HEAD.replace('04 Mar 2025', '04 Mar 2035'),
    HEAD.replace(/Date: .*/, 'Date: soon'),
    `${HEAD}X-Long: ${'x'.repeat(600_000)}\n`,
    `${HEAD}\nbinary \0 rubbish\n`,
  ]
  const mails = [...bad, HEAD].map((head) => `${FROM}${head}\nHi\n\n`)
  const { parsed, refused } = await readAll(mbox, mails.join(''))
  expect(refused.map(({ reason }) => reason)).toEqual([
    'The mail has no sender.',
    'The time "2035-03-04T09:00:00.000Z" lies in the future.',
    'The time "soon" cannot be read.',
    'The mail cannot be taken apart: its headers or parts are damaged.',
    'The record contains a NUL byte.',
  ])
  expect(parsed).toHaveLength(1)
})

test('a mail of more than 25 MiB is refused, the next is read', async () => {
  const content = `${FROM}${HEAD}\n${`${'x'.repeat(99)}\n`.repeat(300_000)}\n${FROM}${HEAD}\nHi\n`
  const { parsed, refused } = await readAll(mbox, content)
  expect(refused).toMatchObject([{ line: 1, nextLine: 300_009, reason: 'The mail is larger than 25 MiB.' }])
  expect(parsed).toMatchObject([{ line: 300_009 }])
})
