// Comments in their order of arrival, which is that of their ids. The list is asked by offset, and an offset moves when
// comments are deleted for good: so each page must begin with a comment that is known already, or it is asked again
// from further back. Then nothing between is missed.
import { ChannelFailure, type Polled, type RawEvent } from '../channel.ts'
import { Comment, fields, timeOf } from './comment.ts'
import { compare, readMemory, remember, type Change, type Memory, type Page } from './memory.ts'
import { askApi, failureOf, reach, readApi, refusalOf, type Answer, type Api } from './rest.ts'

export interface Listening {
  readonly api: Api
  /** Number of our user at the site. */
  readonly me: string
  readonly presence: string
  readonly now: number
}

const perPage = 100
/** Known comments that a page reads again: to catch up, and at rest. */
const overlap = { behind: 5, atRest: 80 }
/** Pages of older comments that are read again in turn. */
const sweeps = 2
const dayMs = 86_400_000

export async function poll(listening: Listening, cursor: string | null, limit: number): Promise<Polled> {
  const memory = readMemory(cursor)
  if (memory === null) return begin(listening)
  const page = await pageAfter(
    listening.api,
    memory.last,
    memory.at - overlap[memory.isBehind ? 'behind' : 'atRest'],
  )
  const taken = takeNew(page, memory.last, limit)
  const changes = [...compare(memory, taken, true)]
  const older = taken.hasNewer || page.isFirst ? null : await olderPage(listening.api, memory, page)
  if (older !== null) changes.push(...compare(memory, older, false))
  const next: Memory = {
    v: 1,
    last: Math.max(memory.last, taken.comments.at(-1)?.id ?? 0),
    at: taken.end,
    isBehind: taken.hasNewer,
    sweep: (memory.sweep + 1) % sweeps,
    known: remember(memory.known, changes),
  }
  return {
    events: changes.map((change) => toEvent(listening, change)),
    cursor: JSON.stringify(next),
    more: taken.hasNewer,
  }
}

/** Where nothing was read before: what was said within a day still waits; what is older is history. */
async function begin(listening: Listening): Promise<Polled> {
  const newest = await list(listening.api, { order: 'desc' })
  const comments = newest.comments.toReversed()
  const from = listening.now - dayMs
  const empty: Memory = { v: 1, last: 0, at: 0, isBehind: false, sweep: 0, known: [] }
  const changes = compare(empty, { comments, hasNewer: false, isFirst: true }, true)
  const fresh = changes.filter(({ comment }) => comment !== null && (timeOf(comment) ?? 0) >= from)
  const memory: Memory = {
    ...empty,
    last: comments.at(-1)?.id ?? 0,
    at: newest.total,
    known: remember([], changes),
  }
  return {
    events: fresh.map((change) => toEvent(listening, change)),
    cursor: JSON.stringify(memory),
    more: false,
  }
}

/** Oldest first, by the last comment handed out. */
export async function backfill(listening: Listening, cursor: string | null, limit: number): Promise<Polled> {
  const [last = 0, at = 0] = /^v1:\d{1,15}:\d{1,15}$/.test(cursor ?? '')
    ? (cursor ?? '').split(':').slice(1).map(Number)
    : []
  const page = takeNew(await pageAfter(listening.api, last, at - overlap.behind), last, limit)
  const changes = page.comments
    .filter(({ id }) => id > last)
    .flatMap((comment) =>
      compare(
        { v: 1, last, at, isBehind: true, sweep: 0, known: [] },
        { comments: [comment], hasNewer: true, isFirst: false },
        true,
      ),
    )
  return {
    events: changes.map((change) => toEvent(listening, change)),
    cursor: `v1:${page.comments.at(-1)?.id ?? last}:${page.end}`,
    more: page.hasNewer,
  }
}

interface Listed extends Page {
  /** How many comments stand up to its end. */
  readonly end: number
}

/** A page that holds what follows `last` without a gap. */
async function pageAfter(api: Api, last: number, from: number): Promise<Listed> {
  let offset = Math.max(0, from)
  for (;;) {
    const { comments, total } = await list(api, { order: 'asc', offset })
    const first = comments[0]?.id
    if (offset === 0 || (first !== undefined && first <= last)) {
      const end = Math.min(offset + perPage, total)
      return { comments, hasNewer: end < total, isFirst: offset === 0, end }
    }
    offset = Math.max(0, Math.min(offset, total) - perPage)
  }
}

/** One of the pages before, in turn; null where the memory does not reach so far. */
async function olderPage(api: Api, memory: Memory, page: Listed): Promise<Page | null> {
  const first = page.comments[0]?.id
  const floor = memory.known[0]?.[0]
  if (first === undefined || floor === undefined || floor >= first) return null
  const offset = Math.max(0, page.end - perPage * (memory.sweep + 2))
  const { comments } = await list(api, { order: 'asc', offset })
  return { comments, hasNewer: true, isFirst: offset === 0 }
}

/** At most `limit` that are newer than `last`. */
function takeNew(page: Listed, last: number, limit: number): Listed {
  const old = page.comments.filter(({ id }) => id <= last).length
  const cut = page.comments.length - old - limit
  if (cut <= 0) return page
  return { ...page, comments: page.comments.slice(0, -cut), hasNewer: true, end: page.end - cut }
}

interface Order {
  readonly order: 'asc' | 'desc'
  readonly offset?: number
}

/** All comments that this user may see, whatever their state. */
async function list(
  api: Api,
  { order, offset = 0 }: Order,
): Promise<{ readonly comments: readonly Comment[]; readonly total: number }> {
  const query = {
    status: 'any',
    type: 'all',
    orderby: 'id',
    order,
    offset: String(offset),
    per_page: String(perPage),
    _embed: 'up',
    _fields: fields,
  }
  const answer = await asModerator(api, query)
  if (answer.status !== 200) throw failureOf(answer)
  if (!Array.isArray(answer.json) || answer.total === null) {
    throw new ChannelFailure(
      'contract.violation',
      'The site does not answer as WordPress does: no list of comments.',
    )
  }
  const comments = answer.json.flatMap((each: unknown) => Comment.safeParse(each).data ?? [])
  return { comments, total: answer.total }
}

/** With the source of each comment where this user may moderate; else what visitors see. */
async function asModerator(api: Api, query: Readonly<Record<string, string>>): Promise<Answer> {
  const route = '/wp/v2/comments'
  const asked = await reach(() => askApi(api, { route, query: { ...query, context: 'edit' } }))
  if (refusalOf(asked)?.code !== 'rest_forbidden_context') return asked
  return reach(() => askApi(api, { route, query: { ...query, context: 'view' } }))
}

/** Which of these comments are no longer there, or no longer said. */
export async function goneOf(api: Api, ids: readonly number[]): Promise<ReadonlySet<number>> {
  const gone = new Set(ids)
  for (let from = 0; from < ids.length; from += perPage) {
    const include = ids.slice(from, from + perPage).join(',')
    const query = { include, status: 'all', type: 'all', per_page: String(perPage), _fields: 'id' }
    const { json } = await readApi(api, { route: '/wp/v2/comments', query })
    if (!Array.isArray(json))
      throw new ChannelFailure('contract.violation', 'The site gives no list of comments.')
    for (const each of json as readonly { readonly id?: unknown }[]) gone.delete(Number(each?.id))
  }
  return gone
}

/** A change is named by what it leads to, so that whoever reads it again names it the same. */
function toEvent({ api, me, presence, now }: Listening, change: Change): RawEvent {
  const { id, revision, version, before, comment, at } = change
  return {
    key: `comment:${id}:${revision}:${version}`,
    at,
    body: new TextEncoder().encode(JSON.stringify(comment ?? { id, isGone: true })),
    facts: { site: api.site.key, me, presence, before, seenAt: String(now) },
  }
}
