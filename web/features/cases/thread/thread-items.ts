import type { CaseDetail } from '../../../../contract/cases.ts'
import type { Engagement } from '../../../../contract/engagements.ts'

export type Note = CaseDetail['notes'][number]
export type CaseEvent = CaseDetail['events'][number]

/** One run of engagements by one author on one day in one channel and visibility. */
export interface MessageGroup {
  readonly type: 'messages'
  readonly id: string
  readonly at: string
  readonly engagements: readonly Engagement[]
}
export type ThreadItem =
  | MessageGroup
  | { readonly type: 'day'; readonly id: string; readonly at: string }
  | { readonly type: 'unread'; readonly id: string; readonly at: string; readonly count: number }
  | { readonly type: 'note'; readonly id: string; readonly at: string; readonly note: Note }
  | { readonly type: 'event'; readonly id: string; readonly at: string; readonly event: CaseEvent }

export interface ThreadParts {
  readonly engagements: readonly Engagement[]
  readonly notes: readonly Note[]
  readonly events: readonly CaseEvent[]
  /** Older engagements are not loaded: notes and events before the first loaded one are left out. */
  readonly hasOlder: boolean
  /** When this member last had the case open, as an instant; null where never. */
  readonly readUntil: string | null
}

/** A pause after which the same author's next words stand under a new head. */
const groupPause = 30 * 60_000

type Entry =
  | Exclude<ThreadItem, MessageGroup>
  | { readonly type: 'message'; readonly at: string; readonly engagement: Engagement }

/** Everything of a case in one line of time, oldest first, grouped by day and author. */
export function threadItems(parts: ThreadParts): ThreadItem[] {
  const entries = entriesOf(parts)
  const items: ThreadItem[] = []
  const unread = firstUnread(parts)
  let day = ''
  for (const entry of entries) {
    const date = new Date(entry.at).toDateString()
    if (date !== day) items.push({ type: 'day', id: `day-${date}`, at: entry.at })
    day = date
    if (entry.type !== 'message') {
      items.push(entry)
      continue
    }
    if (unread !== null && entry.engagement.id === unread.id) {
      items.push({ type: 'unread', id: 'unread', at: entry.at, count: unread.count })
    }
    addMessage(items, entry.engagement)
  }
  return items
}

function entriesOf({ engagements, notes, events, hasOlder }: ThreadParts): Entry[] {
  const from = hasOlder ? Date.parse(engagements[0]?.publishedAt ?? '') : Number.NEGATIVE_INFINITY
  const entries: Entry[] = [
    ...events.map((event): Entry => ({ type: 'event', id: event.id, at: event.at, event })),
    ...engagements.map((engagement): Entry => ({ type: 'message', at: engagement.publishedAt, engagement })),
    ...notes.map((note): Entry => ({ type: 'note', id: note.id, at: note.at, note })),
  ].filter((entry) => entry.type === 'message' || Date.parse(entry.at) >= from)
  return entries.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at))
}

function addMessage(items: ThreadItem[], engagement: Engagement): void {
  const last = items.at(-1)
  if (last?.type === 'messages' && continuesGroup(last, engagement)) {
    items[items.length - 1] = { ...last, engagements: [...last.engagements, engagement] }
    return
  }
  items.push({ type: 'messages', id: engagement.id, at: engagement.publishedAt, engagements: [engagement] })
}

function continuesGroup(group: MessageGroup, next: Engagement): boolean {
  const last = group.engagements.at(-1)
  if (last === undefined) return false
  return (
    last.direction === next.direction &&
    last.author.name === next.author.name &&
    last.author.handle === next.author.handle &&
    last.channel === next.channel &&
    last.visibility === next.visibility &&
    last.isAutomatic === next.isAutomatic &&
    Date.parse(next.publishedAt) - Date.parse(last.publishedAt) < groupPause
  )
}

/** The first thing a person said since this member last looked; null where nothing, or where it is the first visit. */
function firstUnread({ engagements, readUntil }: ThreadParts): { id: string; count: number } | null {
  if (readUntil === null) return null
  const unread = engagements.filter(
    (engagement) =>
      engagement.direction === 'in' && Date.parse(engagement.receivedAt) > Date.parse(readUntil),
  )
  const first = unread[0]
  return first === undefined ? null : { id: first.id, count: unread.length }
}

/** The newest engagement by the network's time; null where there is none. */
export function newestOf(engagements: readonly Engagement[]): Engagement | null {
  return engagements.at(-1) ?? null
}

/** What a person said since our last answer: what an answer should take up. */
export function wordsToAnswer(engagements: readonly Engagement[]): string {
  const lastOurs = engagements.findLastIndex(
    (engagement) => engagement.direction === 'out' && !engagement.isAutomatic,
  )
  const open = engagements.slice(lastOurs + 1).filter((engagement) => engagement.direction === 'in')
  const heard =
    open.length > 0 ? open : engagements.filter((engagement) => engagement.direction === 'in').slice(-1)
  return heard.map((engagement) => `${engagement.subject ?? ''} ${engagement.text}`).join('\n')
}
