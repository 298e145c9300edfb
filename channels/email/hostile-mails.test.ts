// Mails that are made to cost time or to break their reader. Sizes are such that a slow way of reading shows.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { EngagementInput } from '../../contract/engagement.ts'
import { inertDocument } from './inert-document.ts'
import { normaliseMail } from './normalise-mail.ts'

const own = { address: 'care@acme.example', authserv: 'mx' }
const at = Date.UTC(2026, 4, 3)
const head =
  'From: Jo <jo@x.example>\r\nTo: care@acme.example\r\nMessage-ID: <a@x>\r\nDate: Sun, 03 May 2026 10:00:00 +0200\r\nSubject: Hi\r\n'
const mixed = (body: string): string =>
  `${head}MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n${body}`
const html = (body: string): string => `${head}Content-Type: text/html; charset=utf-8\r\n\r\n${body}`
const plain = (body: string): string => `${head}\r\n${body}`

function nested(depth: number): string {
  let inner = 'Content-Type: text/plain\r\n\r\ndeep\r\n'
  for (let level = 0; level < depth; level += 1) {
    inner = `Content-Type: multipart/mixed; boundary=b${level}\r\n\r\n--b${level}\r\n${inner}\r\n--b${level}--\r\n`
  }
  return head + inner
}

function russian(depth: number): string {
  return `${head}Content-Type: message/rfc822\r\n\r\n`.repeat(depth) + plain('inner')
}

const corpus: readonly (readonly [string, string | Buffer])[] = [
  ['a header folded 60,000 times', `${head}X-Long: a${'\r\n b'.repeat(60_000)}\r\n\r\nhi`],
  ['30,000 headers', `${head}${'X-A: b\r\n'.repeat(30_000)}\r\nhi`],
  ['10,000 parts', mixed(`${'--b\r\nContent-Type: text/plain\r\n\r\nx\r\n'.repeat(10_000)}--b--`)],
  [
    '10,000 attachments',
    mixed('--b\r\nContent-Disposition: attachment; filename=a.zip\r\n\r\nPK\r\n'.repeat(10_000)),
  ],
  ['parts in parts, 300 deep', nested(300)],
  ['parts in parts, 25 deep', nested(25)],
  ['mails in mails, 200 deep', russian(200)],
  ['base64 that is none', `${head}Content-Transfer-Encoding: base64\r\n\r\n${'=!a\r\n'.repeat(10_000)}`],
  [
    'quoted-printable that is none',
    `${head}Content-Transfer-Encoding: quoted-printable\r\n\r\n${'=ZZ=\r\n'.repeat(20_000)}`,
  ],
  ['10,000 references', `${head}References: ${'<a@b>\r\n '.repeat(10_000)}\r\n\r\nhi`],
  ['5,000 receivers', head.replace('To: care', `To: ${'Name <a@b.example>, '.repeat(5_000)}care`) + '\r\nhi'],
  ['a receiver of 50,000 quotes', head.replace('To: care', `To: ${'"'.repeat(50_000)}`) + '\r\nhi'],
  ['a subject of 10,000 beginnings', head.replace('Hi', '=?utf-8?B?'.repeat(10_000)) + '\r\nhi'],
  [
    'a file name in 5,000 pieces',
    mixed(
      `--b\r\nContent-Disposition: attachment${Array.from({ length: 5_000 }, (_, i) => `;\r\n filename*${i}*=%41`).join('')}\r\n\r\nx\r\n--b--`,
    ),
  ],
  ['divisions 100,000 deep', html('<div>'.repeat(100_000) + 'x')],
  ['quotes 50,000 deep', html('<blockquote>'.repeat(50_000) + 'x')],
  ['100,000 signs that open a tag', html('<'.repeat(100_000))],
  ['100,000 signs that open an entity', html('&'.repeat(100_000))],
  ['half pairs and zeros', html('&#xD800;&#0;&#x1F600;'.repeat(10_000))],
  ['a tag that never ends', html(`<a href="${'x'.repeat(500_000)}`)],
  ['comments in comments', html('<!--'.repeat(100_000))],
  ['20,000 attributes', html(`<p ${Array.from({ length: 20_000 }, (_, i) => `a${i}=b`).join(' ')}>x`)],
  ['one line of 2 MB', plain('x'.repeat(2_000_000))],
  ['a quote in every other line', plain('> x\r\ny\r\n'.repeat(5_000))],
  ['20,000 lines that say who wrote', plain('on 1 wrote\r\n'.repeat(10_000))],
  ['10,000 senders in the text', plain('From: a\r\n'.repeat(10_000))],
  ['10,000 signatures', plain('-- \r\n'.repeat(10_000))],
  ['zeros', plain('\0'.repeat(100_000))],
  [
    'words in another charset than said',
    Buffer.from(`${head}Content-Type: text/plain; charset=utf-8\r\n\r\ncaf\xe9 \xff\xfe`, 'latin1'),
  ],
  [
    'UTF-16 with half a sign',
    Buffer.concat([
      Buffer.from(`${head}Content-Type: text/plain; charset=utf-16le\r\n\r\n`),
      Buffer.from([0x00, 0xd8, 0x41]),
    ]),
  ],
  [
    'a boundary of no sign',
    `${head}Content-Type: multipart/mixed; boundary=""\r\n\r\n${'--\r\n'.repeat(50_000)}`,
  ],
  [
    '3,000 times who was verified',
    `Authentication-Results: mx; ${'dkim=pass header.d=x;'.repeat(3_000)}\r\n${head}\r\nhi`,
  ],
  ['a time of 50,000 brackets', head.replace(/Date: .*/, `Date: ${'('.repeat(50_000)}`) + '\r\nhi'],
  ['nothing', ''],
  ['empty lines only', '\r\n'.repeat(20_000)],
  ['no text at all', Buffer.from(Array.from({ length: 100_000 }, (_, i) => (i * 7919) & 255))],
]

async function read(raw: string | Buffer) {
  const body = typeof raw === 'string' ? Buffer.from(raw, 'latin1') : raw
  return normaliseMail({ key: 'k', at, body, facts: { folder: 'inbox' } }, own)
}

test.each(corpus)('%s are read or told, never thrown', async (_, raw) => {
  const { activities, unknown } = await read(raw)
  expect(activities.length + (unknown?.length ?? 0)).toBeGreaterThan(0)
  for (const activity of activities) {
    const input = EngagementInput.parse(activity)
    expect(input.text.isWellFormed()).toBe(true)
    expect(input.text).not.toContain('\0')
  }
})

test('all of them together cost less than 100 ms each', async () => {
  const begin = process.cpuUsage()
  for (const [, raw] of corpus) await read(raw)
  const { user, system } = process.cpuUsage(begin)
  expect((user + system) / 1_000 / corpus.length).toBeLessThan(100)
})

test('their originals are shown inert, whatever they hold', async () => {
  for (const [, raw] of corpus) {
    const { html: page } = await inertDocument(typeof raw === 'string' ? Buffer.from(raw, 'latin1') : raw)
    expect(page).toMatch(/^<!doctype html>/)
  }
})

test('bytes drawn at random break nothing', async () => {
  const piece = fc.constantFrom(
    head,
    '\r\n',
    '--b\r\n',
    '--b--',
    'Content-Type: ',
    'multipart/mixed; boundary=b',
    'text/html',
    'message/rfc822',
    'message/delivery-status',
    '=?utf-8?Q?',
    '<p>',
    '\0',
    '\xff',
    ': ',
    '"',
    '<',
    'base64',
  )
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof(piece, fc.string({ unit: 'binary', maxLength: 5 })), { maxLength: 40 }),
      async (pieces) => {
        for (const activity of (await read(pieces.join(''))).activities) EngagementInput.parse(activity)
      },
    ),
  )
})
