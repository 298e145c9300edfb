import { z } from 'zod'
import type { EngagementInput } from '../../contract/engagement.ts'
import { htmlToText } from '../../lib/text/html-to-text.ts'
import {
  ChannelFailure,
  type Channel,
  type Checked,
  type Link,
  type Normalised,
  type Plug,
  type Polled,
  type RawEvent,
} from '../channel.ts'
import type { Manifest } from '../manifest.ts'
import type { HttpAnswer, Ports } from '../ports.ts'
import { previewText } from '../text-length.ts'
import { decodeText } from './decode-text.ts'
import { bounded, clean, hash, oneLine, readTime } from './feed-item.ts'
import { askPage, conditions, headerOf, pageFailure, validatorsOf } from './fetch-page.ts'
import { cursorOf, newOf, paceOf, readMemory, remember, type Thing } from './known-items.ts'
import { absolute } from './page-links.ts'
import { ratingWords, readReviews, type Review } from './read-reviews.ts'

const onlyRead = {
  level: 'none',
  reason: 'the page is only read; answers are written on the site itself',
} as const

const manifest: Manifest = {
  id: 'review-page',
  title: 'Review page',
  channel: 'reviews',
  source: 'review-page',
  connects: 'each-presence',
  delivers: 'by-the-network',
  listens: ['poll'],
  capabilities: {
    listen: {
      level: 'partial',
      reason: 'only what the page carries as JSON-LD (schema.org), and only while it stands there',
    },
    backfill: { level: 'partial', reason: 'only what stands on the page' },
    reply: onlyRead,
    notify: onlyRead,
    post: onlyRead,
    react: onlyRead,
    direct: onlyRead,
    edit: onlyRead,
    delete: onlyRead,
    deletions: {
      level: 'none',
      reason: 'pages show the newest reviews only; one that is no longer there may just be older',
    },
    media: onlyRead,
    receipts: onlyRead,
    readBack: onlyRead,
  },
  text: { unit: 'grapheme', max: null },
  pace: { pollMs: 3_600_000, silentAfterMs: null },
  budget: { calls: 60, perMs: 3_600_000 },
  connect: {
    steps: [
      'Enter the address of a page that shows reviews of you. It must carry them as JSON-LD, as search engines read it.',
    ],
    permissions: [{ what: 'Nothing', why: 'the page is public' }],
    fields: [
      {
        name: 'url',
        label: 'Address of the page',
        kind: 'url',
        help: 'Such as the page of a product in your shop',
        isSecret: false,
        isRequired: true,
        initial: '',
      },
    ],
  },
  provenOn: 'our-own',
}

/** A page of the web that shows reviews, asked again and again. */
export const reviewPage: Plug = {
  manifest,
  open: (ports, _settings, link) => (link === null ? null : openPage(ports, link)),
}

const mostBytes = 3 * 1024 * 1024
const minuteMs = 60_000
const leastMs = 15 * minuteMs

function openPage(ports: Ports, link: Link): Channel {
  const url = absolute(link.config['url'] ?? '', 'https://x.invalid/') ?? ''
  const facts = { page: link.account?.id ?? bounded(url), presence: link.account?.handle ?? '' }
  return {
    manifest,
    check: () => check(ports, url),
    poll: (cursor, limit) => poll(ports, url, { cursor, limit, facts }),
    async backfill() {
      const { answer, reviews } = await fetchReviews(ports, url)
      const now = ports.clock.now()
      return {
        events: answer === null ? [] : reviews.map((each) => toEvent(toThing(each), 'nothing', facts, now)),
        cursor: null,
        more: false,
      }
    },
    normalise,
    canAct: () => ({ can: false, reason: onlyRead.reason, until: null }),
    preview: (text) => previewText(text, manifest.text),
    nameFor: () => null,
    act: async () => ({ result: 'refused', error: 'target.forbidden', detail: 'The page is only read.' }),
    readBack: async () => 'cannot-say',
  }
}

interface Fetched {
  /** Null: nothing changed. */
  readonly answer: HttpAnswer | null
  readonly reviews: readonly Review[]
}

async function fetchReviews(
  ports: Ports,
  url: string,
  asked: Readonly<Record<string, string>> = {},
): Promise<Fetched> {
  const answer = await askPage(ports, {
    url,
    headers: { accept: 'text/html', ...asked },
    maxBytes: mostBytes,
  })
  if (answer.status === 304) return { answer: null, reviews: [] }
  if (answer.status !== 200) throw pageFailure(answer, ports.clock.now())
  return { answer, reviews: readReviews(decodeText(answer.body, headerOf(answer, 'content-type'))) }
}

interface Asking {
  readonly cursor: string | null
  readonly limit: number
  readonly facts: Readonly<Record<string, string>>
}

async function poll(ports: Ports, url: string, { cursor, limit, facts }: Asking): Promise<Polled> {
  const memory = readMemory(cursor)
  const now = ports.clock.now()
  const { answer, reviews } = await fetchReviews(ports, url, memory === null ? {} : conditions(memory))
  const idle = (memory?.idle ?? 0) + 1
  const pollAfterMs = (quiet: number): number => Math.max(leastMs, paceOf(quiet + 6, null, false))
  if (answer === null) {
    return {
      events: [],
      cursor: memory === null ? null : JSON.stringify({ ...memory, idle }),
      more: false,
      pollAfterMs: pollAfterMs(idle),
    }
  }
  const things = reviews.map(toThing).toReversed()
  const news = newOf(memory?.known ?? [], things)
  // What stood there before the first look is history, unless it is of this very day.
  const told = memory === null ? news.filter(({ thing }) => (thing.at ?? 0) >= now - 86_400_000) : news
  const taken = told.slice(0, Math.max(1, limit))
  const more = taken.length < told.length
  const rest = new Set(told.slice(taken.length).map(({ thing }) => thing.name))
  const known = remember(
    memory?.known ?? [],
    things.filter(({ name }) => !rest.has(name)),
  )
  const validators = more ? { etag: '', modified: '' } : validatorsOf(answer, now)
  const quiet = taken.length > 0 ? 0 : idle
  return {
    events: taken.map(({ thing, before }) => toEvent(thing, before, facts, now)),
    cursor: cursorOf({ url, idle: quiet, known }, validators),
    more,
    pollAfterMs: pollAfterMs(quiet),
  }
}

interface ReviewThing extends Thing {
  readonly review: Review
  readonly at: number | null
}

function toThing(review: Review): ReviewThing {
  const version = hash(
    JSON.stringify([review.title, review.text, review.rating, review.best, review.updated]),
  )
  return {
    name: hash(review.id).slice(0, 16),
    version: version.slice(0, 16),
    review,
    at: readTime(review.updated) ?? readTime(review.published),
  }
}

function toEvent(
  { name, version, review, at }: ReviewThing,
  before: 'nothing' | 'said',
  facts: Readonly<Record<string, string>>,
  now: number,
): RawEvent {
  return {
    key: `review:${name}:${version}${before === 'said' ? ':again' : ''}`,
    at: at === null || at > now ? null : at,
    body: new TextEncoder().encode(JSON.stringify(review)),
    facts: { ...facts, before, seenAt: String(now) },
  }
}

const words = z.string().catch('')
const number = z.number().nullable().catch(null)
const Kept = z.object({
  kind: z.enum(['review', 'aggregate']),
  id: z.string().min(1),
  author: words,
  authorUrl: words,
  title: words,
  text: words,
  rating: number,
  best: z.number().catch(5),
  published: words,
  updated: words,
  count: number,
  about: words,
})

/** The rating stands in the subject, `4 of 5: title`, and is the text where nothing was written. */
export function normalise(event: RawEvent): Normalised {
  const kept = Kept.safeParse(readJson(event.body))
  if (!kept.success) return { activities: [], unknown: ['review'] }
  const review = kept.data
  const { page = '', presence = '', before = '', seenAt = '0' } = event.facts ?? {}
  const seen = Number.isFinite(Number(seenAt)) ? Math.min(Math.max(0, Number(seenAt)), 8e15) : 0
  // The site's clock may be a little ahead of ours; what lies further ahead is no time of a review.
  const published = readTime(review.published)
  const isSum = review.kind === 'aggregate'
  const rating = ratingWords(review)
  const sum = `${rating}${review.count === null ? '' : ` from ${review.count} reviews`}`
  const title = oneLine(htmlToText(isSum ? review.about : review.title || review.about))
  const text = clean(isSum ? sum : htmlToText(review.text.replace(/\r\n?|\n/g, '<br>')) || rating || title)
  const name = clean(oneLine(isSum ? page : review.author)).slice(0, 512)
  const who = isSum ? 'the page' : review.authorUrl || review.author || review.id
  const created: EngagementInput = {
    type: 'Create',
    kind: 'Review',
    source: 'review-page',
    channel: 'reviews',
    externalId: bounded(`${page} ${review.id}`),
    direction: 'in',
    author: { externalId: bounded(`${page} by ${oneLine(who)}`), ...(name === '' ? {} : { name }) },
    ...(presence === '' ? {} : { presence }),
    mentions: [],
    visibility: 'public',
    subject: clean([isSum ? sum : rating, title].filter((each) => each !== '').join(': ')).slice(0, 998),
    text,
    media: [],
    publishedAt: new Date(
      published !== null && published <= seen + minuteMs ? published : seen,
    ).toISOString(),
    // A sum is nobody's word: it waits for no answer.
    automatic: isSum,
  }
  if (before !== 'said') return { activities: [created] }
  return { activities: [created, { ...created, type: 'Update', updatedAt: new Date(seen).toISOString() }] }
}

function readJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body))
  } catch {
    return undefined
  }
}

async function check(ports: Ports, url: string): Promise<Checked> {
  if (url === '') return { state: 'misconfigured', detail: 'This is no address of a page.' }
  try {
    const { reviews } = await fetchReviews(ports, url)
    if (reviews.length === 0)
      return { state: 'misconfigured', detail: 'This page carries no reviews as JSON-LD.' }
    const { host, pathname } = new URL(url)
    const about = reviews.find((review) => review.about !== '')?.about ?? host
    return {
      state: 'ok',
      account: {
        id: bounded(url),
        handle: `${host}${pathname}`.slice(0, 300),
        name: about.slice(0, 300),
        url,
        avatarUrl: null,
      },
      detail: `${reviews.filter(({ kind }) => kind === 'review').length} reviews on the page.`,
      permissions: [],
    }
  } catch (error) {
    if (!(error instanceof ChannelFailure)) throw error
    return { state: error.code === 'target.gone' ? 'misconfigured' : 'unreachable', detail: error.message }
  }
}
