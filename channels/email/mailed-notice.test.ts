import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { normaliseMail } from './normalise-mail.ts'

const own = { address: 'social@horse.example', authserv: 'mx.horse.example' }

function eventOf(name: string, head = '') {
  const mail = readFileSync(new URL(`../notices/mails/${name}.eml`, import.meta.url), 'utf8')
  return { key: name, at: Date.UTC(2026, 10, 22, 12), body: Buffer.from(head + mail) }
}

const verdict = (dmarc: string, domain: string): string =>
  `Authentication-Results: mx.horse.example; dmarc=${dmarc} header.from=${domain}\r\n`

test('a notice that reaches the mailbox is what somebody said on the network', async () => {
  const { activities } = await normaliseMail(eventOf('linkedin'), own)
  expect(activities).toMatchObject([
    { source: 'linkedin', presence: own.address, author: { name: 'Ada Byron' } },
  ])
})

test('a notice in an unknown form stays a mail and is counted', async () => {
  const { activities, unknown } = await normaliseMail(eventOf('linkedin-digest'), own)
  expect(activities).toMatchObject([{ source: 'email', subject: 'You appeared in 9 searches this week' }])
  expect(unknown).toContain('notice of LinkedIn')
})

test('a notice that our server refuted stays a mail', async () => {
  const { activities } = await normaliseMail(eventOf('linkedin', verdict('fail', 'linkedin.com')), own)
  expect(activities).toMatchObject([{ source: 'email' }])
})

test('a notice that a proven member sends on counts, one that anybody sends on does not', async () => {
  const proven = eventOf('forwarded-linkedin', verdict('pass', 'horse.example'))
  expect((await normaliseMail(proven, own)).activities).toMatchObject([{ source: 'linkedin' }])
  const claimed = eventOf('forwarded-linkedin')
  expect((await normaliseMail(claimed, own)).activities).toMatchObject([{ source: 'email' }])
})
