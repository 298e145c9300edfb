import type { EngagementInput } from '../../contract/engagement.ts'
import { millionThreads } from './million.ts'

const HEADER = 'tweet_id,author_id,inbound,created_at,text,response_tweet_id,in_response_to_tweet_id\n'
/** The end of 2017, when the published set was gathered. */
const LAST = Date.UTC(2017, 11, 3)

export interface TwcsOptions {
  readonly seed: number
  /** Rows without the header. */
  readonly count: number
}

/** Lines of a CSV file in the layout of "Customer Support on Twitter", the header first, each with line end. */
export function* twcsRows({ seed, count }: TwcsOptions): Generator<string, void> {
  yield HEADER
  for (const thread of millionThreads({ seed, count, now: LAST })) {
    const responses = new Map<string, string[]>()
    for (const { externalId, parentExternalId } of thread) {
      if (parentExternalId === undefined) continue
      const known = responses.get(parentExternalId)
      if (known) known.push(externalId)
      else responses.set(parentExternalId, [externalId])
    }
    for (const engagement of thread) yield toRow(engagement, responses.get(engagement.externalId) ?? [])
  }
}

function toRow(engagement: EngagementInput, responses: readonly string[]): string {
  const { externalId, author, direction, mentions, publishedAt, text, parentExternalId } = engagement
  const isIn = direction === 'in'
  const name = isIn ? author.externalId.replace('person-', '') : author.externalId.replace('-', '')
  const said = isIn ? `@${(mentions[0] ?? '').replace('-', '')} ${text}` : text
  return `${externalId},${name},${isIn ? 'True' : 'False'},${twitterTime(publishedAt)},${quote(said)},${quote(responses.join(','))},${parentExternalId ?? ''}\n`
}

/** 'Tue Oct 31 22:10:35 +0000 2017' */
function twitterTime(iso: string): string {
  const [weekday, day, month, year, time] = new Date(iso).toUTCString().replace(',', '').split(' ')
  return `${weekday} ${month} ${day} ${time} +0000 ${year}`
}

function quote(field: string): string {
  return /[",\n\r]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field
}
