// A chat that somebody exported from WhatsApp, as text. It carries no ids, no zone of its times and no order of day and
// month that one could rely on: the order is judged from the whole chat before it is read.

import { z } from 'zod'
import { checkInput } from './check-input.ts'
import { decodeText } from './decode-text.ts'
import { fingerprint } from './fingerprint.ts'
import type { Format, FormatItem, FormatOptions } from './format.ts'
import { gatherLeftOut, leftOut } from './left-out.ts'
import type { OwnAccount } from './own-account.ts'
import { NEEDS_OWN, ownAccount } from './own-account.ts'
import type { RawRecord } from './raw-record.ts'
import { placeOf, refuse } from './raw-record.ts'
import { readSplit } from './read-split.ts'
import { refuseFile } from './refuse-file.ts'
import type { ChatStamp } from './split-chat.ts'
import { createChatSplitter, readStamp, withoutMarks } from './split-chat.ts'
import { coalesceChunks } from './coalesce-chunks.ts'

type Order = 'day-month' | 'month-day' | 'year-month'

const Survey = z.object({
  order: z.enum(['day-month', 'month-day', 'year-month']),
  isGuess: z.boolean(),
  speakers: z.array(z.string()),
})
type Survey = z.infer<typeof Survey>

const MOST_SPEAKERS = 50
const NO_TIME = 'The line does not begin with a date and a time.'
const NO_SPEAKER = 'Lines of WhatsApp itself, such as who joined, were left out.'

export const whatsappChat: Format = {
  id: 'whatsapp',
  title: 'WhatsApp chat',
  description: 'A chat exported from the app, as text or as ZIP.',
  extensions: ['.txt', '.zip'],
  isReadWhole: true,
  read: (bytes, options) => gatherLeftOut(readChat(bytes, options)),
  readContext: () => undefined,
  survey: async (bytes) => ({ context: await surveyChat(bytes) }),
  recognises: (head) =>
    readStamp(withoutMarks(new TextDecoder().decode(head.subarray(0, 200)).trimStart())) !== undefined,
  archive: { isRead: (path) => /(?:^|\/)(?:_chat|WhatsApp[^/]*)\.txt$/i.test(path) },
}

async function* readChat(
  bytes: AsyncIterable<Uint8Array>,
  options: FormatOptions,
): AsyncGenerator<FormatItem> {
  const own = ownAccount(options)
  if (own === undefined) return yield refuseFile(NEEDS_OWN, new Uint8Array(0))
  const survey = Survey.safeParse(options.context).data ?? { order: 'day-month', isGuess: true, speakers: [] }
  const thread = threadOf(
    options.path ?? '',
    survey.speakers.filter((name) => !own.isOurs([name])),
  )
  const told = createOrdinals()
  let isFirst = true
  yield* readSplit(bytes, options, createChatSplitter, (record) => {
    const item = toItem(record, { own, survey, thread, told, isFirst, now: options.now })
    if (!isFirst || !survey.isGuess) {
      isFirst = false
      return item
    }
    isFirst = false
    return { ...item, notices: [...(item.notices ?? []), { message: guessed(survey.order), count: 1 }] }
  })
}

function guessed(order: Order): string {
  const how = order === 'month-day' ? 'month/day' : 'day/month'
  return `Nothing in the chat says whether the day or the month stands first; dates were read as ${how}.`
}

interface Around {
  readonly own: OwnAccount
  readonly survey: Survey
  readonly thread: string
  readonly told: (minute: number, said: string) => number
  readonly isFirst: boolean
  readonly now: number
}

function toItem(record: RawRecord, around: Around): FormatItem {
  const { own, survey, thread, told, now } = around
  if (record.broken !== undefined) return refuse(record, record.broken)
  const decoded = decodeText(record.bytes)
  if ('reason' in decoded) return refuse(record, decoded.reason)
  const message = takeApart(decoded.text)
  if (!message) return refuse(record, NO_TIME)
  const { stamp, speaker, text, isMarked } = message
  // The first line of a chat is WhatsApp's own word on encryption; iPhones put it in somebody's mouth, with a mark.
  if (speaker === '' || (around.isFirst && isMarked)) return refuse(record, leftOut(NO_SPEAKER).reason)
  const at = timeOf(stamp, survey.order)
  if (Number.isNaN(at))
    return refuse(record, `The date ${stamp.numbers.join(stamp.separator)} does not exist.`)
  const isOut = own.isOurs([speaker])
  const phone = /^\+?[\d\s().-]{7,}$/.test(speaker) ? speaker.replaceAll(/\D/g, '') : ''
  const externalId = `chat:${fingerprint(String(at), speaker, text)}:${told(at, `${speaker}\n${text}`)}`
  const candidate = {
    kind: 'Message',
    source: 'whatsapp',
    channel: 'whatsapp',
    visibility: 'direct',
    externalId,
    direction: isOut ? 'out' : 'in',
    author: isOut
      ? own.author
      : { externalId: (phone || `${thread} ${speaker}`).slice(0, 512), name: speaker },
    presence: own.presence,
    threadExternalId: thread,
    text,
    publishedAt: new Date(at).toISOString(),
  }
  const checked = checkInput(candidate, now)
  return 'reason' in checked ? refuse(record, checked.reason) : { ...placeOf(record), ...checked }
}

interface Message {
  readonly stamp: ChatStamp
  /** '' where WhatsApp itself speaks. */
  readonly speaker: string
  readonly text: string
  /** A mark of direction stands before the text. */
  readonly isMarked: boolean
}

function takeApart(written: string): Message | undefined {
  const plain = withoutMarks(written)
  const stamp = readStamp(plain)
  if (!stamp) return undefined
  const rest = plain.slice(stamp.length)
  const [, speaker = '', text = ''] = /^([^\n:]{1,100}): ?([\s\S]*)$/.exec(rest) ?? []
  // "~ Ann" is the name that somebody gave themselves.
  const name = speaker.replace(/^~ ?/, '').trim()
  return { stamp, speaker: name, text: text.trimEnd(), isMarked: /: \u200e(?!<)/.test(written) }
}

/** Milliseconds as if the phone kept UTC; NaN for a day that does not exist. */
function timeOf({ numbers, minutes, seconds }: ChatStamp, order: Order): number {
  const [year, month, day] = inOrder(numbers, order)
  const whole = year < 100 ? year + 2_000 : year
  const at = Date.UTC(whole, month - 1, day, 0, minutes, seconds)
  const date = new Date(at)
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? at : Number.NaN
}

/** Year, month and day. */
function inOrder([first, second, third]: ChatStamp['numbers'], order: Order): ChatStamp['numbers'] {
  if (order === 'year-month') return [first, second, third]
  return order === 'day-month' ? [third, second, first] : [third, first, second]
}

/** How often the same was said before in the same moment: telephones write minutes. */
function createOrdinals(): (moment: number, said: string) => number {
  let current = Number.NaN
  const counts = new Map<string, number>()
  return (moment, said) => {
    if (moment !== current) counts.clear()
    current = moment
    const before = counts.get(said) ?? 0
    counts.set(said, before + 1)
    return before
  }
}

/** The chat's name as the file has it, else who speaks in it. */
function threadOf(path: string, others: readonly string[]): string {
  const file = path.split('/').findLast((part) => /WhatsApp/i.test(part)) ?? ''
  const named = /^WhatsApp.*?(?: with | mit | con | avec | - )(.+?)(?: \(\d+\))?\.(?:txt|zip)$/i.exec(
    file,
  )?.[1]
  return `chat with ${named ?? others.toSorted().join(', ')}`.slice(0, 400)
}

async function surveyChat(bytes: AsyncIterable<Uint8Array>): Promise<Survey> {
  const speakers = new Set<string>()
  const orders = createOrderJudge()
  const splitter = createChatSplitter({ byte: 0, line: 1 })
  const look = (records: readonly RawRecord[]): void => {
    for (const record of records) {
      const message = takeApart(new TextDecoder().decode(record.bytes.subarray(0, 4_096)))
      if (!message) continue
      orders.see(message.stamp)
      if (message.speaker !== '' && speakers.size < MOST_SPEAKERS) speakers.add(message.speaker)
    }
  }
  for await (const chunk of coalesceChunks(bytes)) look(splitter.push(chunk))
  look(splitter.end())
  return { ...orders.judge(), speakers: [...speakers] }
}

/** A number above 12 is a day; else a chat goes forward in time; else the region of the signs decides. */
function createOrderJudge() {
  let sure: Order | undefined
  const back = { 'day-month': 0, 'month-day': 0 }
  const last = { 'day-month': -Infinity, 'month-day': -Infinity }
  let signs = ''
  return {
    see(stamp: ChatStamp): void {
      const [first, second] = stamp.numbers
      signs = `${stamp.separator}${stamp.isHalfDay}`
      if (first > 31) sure ??= 'year-month'
      else if (first > 12) sure ??= 'day-month'
      else if (second > 12) sure ??= 'month-day'
      for (const order of ['day-month', 'month-day'] as const) {
        const at = timeOf(stamp, order)
        if (at < last[order]) back[order] += 1
        if (!Number.isNaN(at)) last[order] = at
      }
    },
    judge(): { order: Order; isGuess: boolean } {
      if (sure) return { order: sure, isGuess: false }
      const [day, month] = [back['day-month'], back['month-day']]
      if (day !== month) return { order: day < month ? 'day-month' : 'month-day', isGuess: false }
      return { order: signs === '/true' ? 'month-day' : 'day-month', isGuess: true }
    },
  }
}
