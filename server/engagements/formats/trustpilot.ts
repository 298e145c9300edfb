// The list of service reviews that a business downloads from Trustpilot. Of the columns only those are taken that several
// readers of such lists agree on; which one holds the company's answer they do not.

import { fingerprint } from './fingerprint.ts'
import type { Format, FormatOptions } from './format.ts'
import type { Around, Made, Row } from './network-format.ts'
import { createNetworkFormat, tablePart } from './network-format.ts'
import type { OwnAccount } from './own-account.ts'
import { ownAccount } from './own-account.ts'
import { readTime } from './read-time.ts'

export const trustpilot: Format = createNetworkFormat({
  id: 'trustpilot',
  title: 'Trustpilot',
  description: 'The list of service reviews that a business downloads, as CSV.',
  extensions: ['.csv'],
  parts: [
    tablePart({
      path: /\.csv$/i,
      required: ['review_id', 'review_created_(utc)', 'review_stars', 'review_title', 'review_content'],
      known: ['review_username', 'review_consumer_user_id', 'domain_url'],
      convert: convertReview,
      account: anybody,
    }),
  ],
})

/** All of it was said to us. */
function anybody(options: FormatOptions): OwnAccount {
  return ownAccount(options) ?? { isOurs: () => false, author: { externalId: 'trustpilot' }, presence: '' }
}

function convertReview(row: Row, { own }: Around): Made {
  const [id = '', stars = '', title = '', text = ''] = [
    row['review_id'],
    row['review_stars'],
    row['review_title'],
    row['review_content'],
  ].map((value) => value?.trim())
  if (!/^[1-5]$/.test(stars)) return { reason: `The column review_stars says "${stars.slice(0, 40)}".` }
  const rating = `${stars} of 5`
  const time = row['review_created_(utc)'] ?? ''
  const at = readTime(time)
  const name = row['review_username']?.trim().slice(0, 512) || undefined
  return {
    candidate: {
      kind: 'Review',
      source: 'trustpilot',
      channel: 'reviews',
      externalId: id === '' ? `review:${fingerprint(time, stars, title, text)}` : id,
      direction: 'in',
      // Without the reviewer's id nobody knows whether two of one name are one.
      author: { externalId: row['review_consumer_user_id']?.trim() || `review ${id}`, name },
      presence: row['domain_url']?.trim() || own.presence || undefined,
      subject: [rating, title]
        .filter((part) => part !== '')
        .join(': ')
        .slice(0, 998),
      text: text || title || rating,
      publishedAt: Number.isNaN(at) ? time : new Date(at).toISOString(),
    },
  }
}
