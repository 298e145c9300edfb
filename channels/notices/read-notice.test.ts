import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import PostalMime from 'postal-mime'
import { describe, expect, test } from 'vitest'
import { EngagementInput } from '../../contract/engagement.ts'
import type { NoticeMail } from './layout.ts'
import { readNotice } from './read-notice.ts'

async function mailOf(name: string): Promise<NoticeMail> {
  const mail = await PostalMime.parse(readFileSync(new URL(`mails/${name}.eml`, import.meta.url)))
  return {
    from: mail.from?.address?.toLowerCase() ?? '',
    fromName: mail.from?.name ?? '',
    subject: mail.subject ?? '',
    text: mail.text ?? '',
    html: mail.html ?? '',
    header: (name) => mail.headers.find(({ key }) => key === name)?.value,
    messageId: mail.messageId ?? '',
    at: Date.parse(mail.date ?? ''),
  }
}

const trusted = { isRefuted: false, isFromOurs: false }

describe('a notice of a network', () => {
  test.each([
    [
      'linkedin',
      {
        source: 'linkedin',
        externalId: 'urn:li:comment:(activity:7264000000000000001,7264000000000000002)',
        parentExternalId: 'urn:li:activity:7264000000000000001',
        author: { externalId: 'ada-byron-1815', name: 'Ada Byron' },
        text: 'Does the saddle fit a pony, too?\nOurs is small.',
      },
    ],
    [
      'reddit',
      {
        source: 'reddit',
        externalId: 't1_kxyz12',
        threadExternalId: 't3_1abcde',
        author: { externalId: 'ada_b', name: 'u/ada_b' },
        text: 'Mine broke after a week. Who do I ask?',
      },
    ],
    [
      'tiktok',
      {
        source: 'tiktok',
        externalId: 'notice:<tt-1@account.tiktok.com>',
        parentExternalId: 'video:7300000000000000000',
        author: { externalId: 'ada.byron', name: '@ada.byron' },
        text: 'where can I buy this',
      },
    ],
    [
      'trustpilot',
      {
        source: 'trustpilot',
        kind: 'Review',
        externalId: '65a1b2c3d4e5f60718293a4b',
        subject: '2 of 5 stars',
        author: { externalId: 'name:Ada Byron', name: 'Ada Byron' },
        text: 'Came late\nThe shoes came three weeks late and nobody answered.',
      },
    ],
    [
      'discourse',
      {
        source: 'forum:horse-forum.example',
        channel: 'forum',
        externalId: 'post:812',
        threadExternalId: 'topic:77',
        subject: 'Does it fit a pony?',
        author: { externalId: 'ada', name: 'ada' },
        text: 'I asked the shop twice and heard nothing.\n\nIs anybody there?',
      },
    ],
  ])('of %s is what somebody said there', async (name, expected) => {
    const read = readNotice(await mailOf(name), trusted)
    expect(read).toMatchObject({ result: 'notice', engagement: { direction: 'in', ...expected } })
    if (read.result === 'notice') EngagementInput.parse(read.engagement)
  })

  test('that a member sends on by hand names the same words by the same name', async () => {
    const mail = await mailOf('forwarded-linkedin')
    const read = readNotice(mail, { isRefuted: false, isFromOurs: true })
    const externalId = 'urn:li:comment:(activity:7264000000000000001,7264000000000000002)'
    expect(read).toMatchObject({ result: 'notice', engagement: { externalId } })
    expect(readNotice(mail, trusted)).toEqual({ result: 'no-notice' })
  })

  test('in a form that is not known stays a mail and is counted', async () => {
    const read = readNotice(await mailOf('linkedin-digest'), trusted)
    expect(read).toEqual({ result: 'unknown-layout', network: 'LinkedIn' })
  })

  test('that lies about its sender is a mail like any other', async () => {
    const mail = await mailOf('linkedin')
    expect(readNotice(mail, { isRefuted: true, isFromOurs: false })).toEqual({ result: 'no-notice' })
    const stranger = { ...mail, from: 'notifications@linkedin.com.evil.example' }
    expect(readNotice(stranger, trusted)).toEqual({ result: 'no-notice' })
  })

  test('of a forum counts only where it comes from the house of the forum', async () => {
    const mail = { ...(await mailOf('discourse')), from: 'someone@elsewhere.example' }
    expect(readNotice(mail, trusted)).toEqual({ result: 'unknown-layout', network: 'Discourse' })
  })

  test('breaks on no words, whatever they are', async () => {
    const mail = await mailOf('linkedin')
    const words = fc.string({ unit: 'binary', maxLength: 400 })
    fc.assert(
      fc.property(words, words, words, (subject, text, html) => {
        const read = readNotice({ ...mail, subject, text, html }, { isRefuted: false, isFromOurs: true })
        if (read.result === 'notice') EngagementInput.parse(read.engagement)
      }),
    )
  })
})
