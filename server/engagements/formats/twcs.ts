// Customer Support on Twitter (thoughtvector, 2017): tweet_id, author_id, inbound, created_at, text,
// response_tweet_id, in_response_to_tweet_id. Companies appear by handle, customers by number. Text is as the
// network's API gave it, with &amp; &lt; &gt; escaped.

import type { EngagementInput } from '../../../contract/engagement.ts'
import { refuseTime } from './check-time.ts'
import { findMentions } from './find-mentions.ts'
import type { Format, FormatItem, FormatOptions } from './format.ts'
import type { Converted } from './read-table.ts'
import { readTable, readTableHead } from './read-table.ts'

const REQUIRED = ['tweet_id', 'author_id', 'inbound', 'created_at', 'text', 'in_response_to_tweet_id']

export const twcs: Format = {
  id: 'twcs',
  title: 'Customer Support on Twitter',
  description:
    'The published CSV layout of customers and companies on Twitter, tweet_id to in_response_to_tweet_id.',
  extensions: ['.csv'],
  read: readTwcs,
  readContext: readTableHead,
}

function readTwcs(bytes: AsyncIterable<Uint8Array>, options: FormatOptions): AsyncGenerator<FormatItem> {
  return readTable(bytes, options, { required: REQUIRED, known: [...REQUIRED, 'response_tweet_id'], bind })
}

function bind(columns: readonly string[], options: FormatOptions): (fields: readonly string[]) => Converted {
  const [id, author, inbound, time, text, parent] = REQUIRED.map((column) => columns.indexOf(column))
  const field = (fields: readonly string[], index: number | undefined) => fields[index ?? -1] ?? ''
  const fixed = { source: options.source ?? 'twitter', channel: options.channel ?? 'twitter' }
  return (fields) =>
    convert(
      {
        id: field(fields, id).trim(),
        author: field(fields, author).trim(),
        inbound: field(fields, inbound).trim().toLowerCase(),
        time: field(fields, time).trim(),
        text: field(fields, text),
        parent: field(fields, parent).trim(),
      },
      fixed,
      options.now,
    )
}

interface TwcsRow {
  readonly id: string
  readonly author: string
  readonly inbound: string
  readonly time: string
  readonly text: string
  readonly parent: string
}

function convert(row: TwcsRow, fixed: { source: string; channel: string }, now: number): Converted {
  const at = readTwitterTime(row.time)
  const reason = refuseRow(row) ?? refuseTime(at, now, row.time)
  if (reason !== undefined) return { reason }
  const isOut = row.inbound === 'false'
  const text = unescapeText(row.text)
  const input: EngagementInput = {
    type: 'Create',
    kind: 'Note',
    ...fixed,
    externalId: row.id,
    direction: isOut ? 'out' : 'in',
    author: { externalId: row.author, handle: row.author },
    ...(isOut ? { presence: row.author } : {}),
    mentions: findMentions(text),
    visibility: 'public',
    // Spreadsheets turn ids beside empty cells into 12.0.
    ...(row.parent ? { parentExternalId: row.parent.replace(/\.0$/, '') } : {}),
    text,
    media: [],
    publishedAt: new Date(at).toISOString(),
    automatic: false,
  }
  return { input }
}

function refuseRow(row: TwcsRow): string | undefined {
  if (row.id === '') return 'The tweet_id is empty.'
  if (row.id.length > 512) return 'The tweet_id is longer than 512 characters.'
  if (row.author === '') return 'The author_id is empty.'
  if (row.author.length > 512) return 'The author_id is longer than 512 characters.'
  if (row.parent.length > 512) return 'The in_response_to_tweet_id is longer than 512 characters.'
  if (row.text.length > 100_000) return 'The text is longer than 100,000 characters.'
  if (row.inbound !== 'true' && row.inbound !== 'false') {
    return `The column inbound says "${row.inbound.slice(0, 40)}" where True or False is expected.`
  }
  return undefined
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const TWITTER_TIME = /^[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d\d) (\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d) (\d{4})$/

/** Milliseconds of 'Tue Oct 31 22:10:35 +0000 2017'; NaN when it is not such a time. */
export function readTwitterTime(time: string): number {
  const match = TWITTER_TIME.exec(time)
  if (!match) return Number.NaN
  const [day, hour, minute, second] = [Number(match[2]), Number(match[3]), Number(match[4]), Number(match[5])]
  const month = MONTHS.indexOf(match[1] ?? '')
  if (month < 0 || hour > 23 || minute > 59 || second > 60) return Number.NaN
  const at = Date.UTC(Number(match[9]), month, day, hour, minute, second)
  if (second < 60 && new Date(at).getUTCDate() !== day) return Number.NaN
  const offset = (Number(match[7]) * 60 + Number(match[8])) * 60_000
  return match[6] === '-' ? at + offset : at - offset
}

const ESCAPES: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' }

/** &amp; &lt; &gt; as the network escapes them. */
export function unescapeText(text: string): string {
  if (!text.includes('&')) return text
  return text.replaceAll(/&(?:amp|lt|gt);/g, (escape) => ESCAPES[escape] ?? escape)
}
