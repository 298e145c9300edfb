// Reviews in Google Takeout's "Google Business Profile": one or more reviews*.json for each location, in the words of
// Google's Business Profile API. A review carries our answer in it.

import type { Format, FormatOptions } from './format.ts'
import type { Json, JsonAround, Made } from './network-format.ts'
import { beginsWith, createNetworkFormat, jsonPart, textOf } from './network-format.ts'
import type { OwnAccount } from './own-account.ts'
import { ownAccount } from './own-account.ts'
import { isObject } from './parse-json.ts'

const STARS: Readonly<Record<string, number>> = { ONE: 1, TWO: 2, THREE: 3, FOUR: 4, FIVE: 5 }
const fixed = { source: 'google', channel: 'reviews' }

export const googleReviews: Format = createNetworkFormat({
  id: 'google-reviews',
  title: 'Google reviews',
  description: 'Reviews of a Google Business Profile, from Google Takeout, with your answers.',
  extensions: ['.zip', '.json'],
  parts: [
    jsonPart({
      path: /\/location-[^/]+\/reviews[^/]*\.json$/,
      isIt: beginsWith(/^\{\s*"reviews"\s*:\s*\[/),
      paths: { items: ['reviews/*'] },
      convert: convertReview,
      account: anybody,
    }),
  ],
})

function anybody(options: FormatOptions): OwnAccount {
  return ownAccount(options) ?? { isOurs: () => false, author: { externalId: 'google' }, presence: '' }
}

function convertReview(review: Json, { own }: JsonAround): readonly Made[] {
  const name = textOf(review['name'])
  const [, location, id] = /\blocations\/([^/]+)\/reviews\/(.+)$/.exec(name) ?? []
  if (id === undefined || location === undefined) return [{ reason: 'The review has no name.' }]
  const presence = own.presence || `location ${location}`
  const written = { ...fixed, presence, threadExternalId: id }
  const made: Made = {
    candidate: { ...written, ...reviewOf(review), externalId: id, author: reviewerOf(review, id) },
  }
  const reply = review['reviewReply']
  if (!isObject(reply)) return [made]
  const answer: Made = {
    candidate: {
      ...written,
      externalId: `${id}/reply`,
      direction: 'out',
      author: own.presence === '' ? { externalId: presence } : own.author,
      parentExternalId: id,
      text: textOf(reply['comment']),
      publishedAt: textOf(reply['updateTime']),
    },
  }
  return [made, answer]
}

function reviewOf(review: Json): Json {
  const stars = STARS[textOf(review['starRating'])]
  const rating = stars === undefined ? '' : `${stars} of 5`
  return {
    kind: 'Review',
    direction: 'in',
    subject: rating || undefined,
    text: textOf(review['comment']) || rating,
    publishedAt: textOf(review['createTime']),
  }
}

/** Names are not unique, and Takeout gives no id of a person. */
function reviewerOf(review: Json, id: string): Json {
  const reviewer = isObject(review['reviewer']) ? review['reviewer'] : {}
  const name = textOf(reviewer['displayName']).slice(0, 512)
  return { externalId: `review ${id}`, ...(name === '' ? {} : { name }) }
}
