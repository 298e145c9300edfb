// A workspace with very many engagements, written straight into the tables: words, threads and authors are those of
// the generator; persons, cases and readings are drawn from the same seed; what the desk shows of cases, the turns
// and the roll-ups are made from them by the product's own code. Raw arrivals, reasons and decision paths, which none of
// the measured pages reads, are left out.
import type { EngagementInput } from '../contract/engagement.ts'
import { createRandom, type Random } from '../lib/random.ts'
import { refreshCases } from '../server/cases/index.ts'
import { createRollUpJob, refreshTurnsOfThreads } from '../server/outcomes/index.ts'
import { insertRows } from '../server/platform/db/rows.ts'
import { inScope, type Db, type Scope } from '../server/platform/db/scope.ts'
import type { Platform } from '../server/platform/platform.ts'
import { millionThreads } from '../server/sample/million.ts'
import { workspaceSettings } from '../server/workspace/index.ts'
import { People } from './fill-people.ts'

export interface FillOptions {
  readonly seed: number
  readonly rows: number
  /** Milliseconds since 1970. */
  readonly now: number
  readonly onProgress: (rows: number) => void
}

export interface Drawn {
  readonly random: Random
  /** Deterministic UUIDv7 of a moment. */
  readonly id: (at: number) => string
}

interface Chunk {
  readonly engagements: Record<string, unknown>[]
  readonly cases: Record<string, unknown>[]
  readonly threadIds: string[]
}

const threadsTogether = 400
const dayMs = 86_400_000
const caseShare = 0.8
const functions = [
  ['service', 60],
  ['community', 12],
  ['sales', 12],
  ['product', 8],
  ['marketing', 5],
  ['pr', 3],
] as const
const feelings = [
  ['negative', 30],
  ['neutral', 45],
  ['positive', 25],
] as const
const labels = [
  ['question', 0.35],
  ['complaint', 0.25],
  ['praise', 0.12],
  ['urgent', 0.05],
  ['purchase', 0.05],
] as const
const target = {
  firstAnswerMinutes: 240,
  nextAnswerMinutes: 480,
  resolutionMinutes: 2_880,
  hours: 'business',
} as const

export async function fillWorkspace(platform: Platform, scope: Scope, options: FillOptions): Promise<void> {
  const drawn = drawFrom(options.seed)
  const people = new People(drawn)
  const presences = new Map<string, string>()
  let numbers = 0
  let written = 0
  let threads: (readonly EngagementInput[])[] = []
  const write = async (): Promise<void> => {
    const chunk: Chunk = { engagements: [], cases: [], threadIds: [] }
    for (const thread of threads) {
      const presence = presenceOf(thread, presences, drawn)
      numbers += addThread(chunk, thread, { drawn, people, presence, number: numbers + 1, options, scope })
    }
    await inScope(platform.database, scope, (db) => writeChunk(db, scope.workspaceId, chunk, options.now))
    written += chunk.engagements.length
    threads = []
    options.onProgress(written)
  }
  for (const thread of millionThreads({ seed: options.seed, count: options.rows, now: options.now })) {
    threads.push(thread)
    if (threads.length === threadsTogether) await write()
  }
  await write()
  await writePresences(platform, scope, presences, options.now)
  await people.write(platform, scope)
  await inScope(platform.database, scope, (db) =>
    db
      .updateTable('workspaces')
      .set({ next_case_number: numbers + 1 })
      .where('id', '=', scope.workspaceId)
      .execute(),
  )
  await rollUp(platform, scope)
  await platform.database.ownerPool.query('vacuum analyze')
}

/** Until no day is stale; each run of the job gives way after a while. */
async function rollUp(platform: Platform, { workspaceId }: Scope): Promise<void> {
  const job = createRollUpJob(platform)
  for (;;) {
    await job.run({ workspaceId })
    const left = await platform.database.ownerPool.query('select 1 from stale_days limit 1')
    if (left.rowCount === 0) return
  }
}

function drawFrom(seed: number): Drawn {
  const random = createRandom(seed + 1)
  let count = 0
  const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0')
  return {
    random,
    id(at) {
      count += 1
      const time = hex(at, 12)
      const tail = `${hex(random.below(0x1000), 3)}-8${hex(random.below(0x1000), 3)}-${hex(count, 12)}`
      return `${time.slice(0, 8)}-${time.slice(8)}-7${tail}`
    },
  }
}

function presenceOf(thread: readonly EngagementInput[], known: Map<string, string>, { id }: Drawn): string {
  const first = thread[0]
  const key = `${first?.channel} ${first?.presence}`
  const found = known.get(key) ?? id(Date.parse(first?.publishedAt ?? ''))
  known.set(key, found)
  return found
}

interface ThreadPlace {
  readonly drawn: Drawn
  readonly people: People
  readonly presence: string
  readonly number: number
  readonly options: FillOptions
  readonly scope: Scope
}

/** Answers with how many cases it made: one or none. */
function addThread(chunk: Chunk, thread: readonly EngagementInput[], place: ThreadPlace): number {
  const first = thread[0]
  if (first === undefined) return 0
  const { drawn, people } = place
  const start = Date.parse(first.publishedAt)
  const threadId = drawn.id(start)
  const caseId = drawn.random.chance(caseShare) ? drawn.id(start) : null
  const ids = new Map(thread.map((item) => [item.externalId, drawn.id(Date.parse(item.publishedAt))]))
  const personId = people.meet(first).personId
  chunk.threadIds.push(threadId)
  for (const item of thread) {
    const who = item.direction === 'in' ? people.meet(item) : undefined
    const isOfCase = who === undefined || who.personId === personId
    chunk.engagements.push({
      ...engagementRow(item, drawn),
      workspace_id: place.scope.workspaceId,
      id: ids.get(item.externalId),
      thread_id: threadId,
      parent_id: ids.get(item.parentExternalId ?? '') ?? null,
      presence_id: place.presence,
      identity_id: who?.identityId ?? null,
      person_id: who?.personId ?? null,
      case_id: isOfCase ? caseId : null,
    })
  }
  if (caseId === null) return 0
  chunk.cases.push({ ...caseRow(thread, place), id: caseId, person_id: personId, thread_id: threadId })
  return 1
}

function engagementRow(item: EngagementInput, { id, random }: Drawn) {
  const isIn = item.direction === 'in'
  return {
    arrival_id: id(Date.parse(item.publishedAt)),
    source: item.source,
    external_id: item.externalId,
    type: item.type,
    kind: item.kind,
    channel: item.channel ?? item.source,
    direction: item.direction,
    visibility: item.visibility,
    author_name: item.author.name ?? item.author.externalId,
    author_handle: item.author.handle ?? null,
    parent_external_id: item.parentExternalId ?? null,
    text: item.text,
    language: 'en',
    sentiment: isIn ? random.weighted(feelings) : null,
    sentiment_probability: isIn ? 0.5 + random.next() / 2 : null,
    is_sentiment_unsure: isIn && random.chance(0.1),
    labels: isIn ? labels.filter(([, share]) => random.chance(share)).map(([label]) => label) : [],
    mentions: item.mentions,
    media: [],
    published_at: item.publishedAt,
    received_at: item.publishedAt,
  }
}

/** Status as a desk leaves it: of the last days most is open, of the rest little. */
function caseRow(
  thread: readonly EngagementInput[],
  { drawn, presence, number, options, scope }: ThreadPlace,
) {
  const first = thread[0]
  const last = thread.at(-1)
  const lastAt = Date.parse(last?.publishedAt ?? '')
  const isOver = drawn.random.chance(options.now - lastAt > 7 * dayMs ? 0.97 : 0.3)
  const open = last?.direction === 'out' ? 'pending' : 'open'
  return {
    workspace_id: scope.workspaceId,
    number,
    presence_id: presence,
    channel: first?.channel ?? '',
    preview: first?.text.slice(0, 160) ?? '',
    status: isOver ? 'resolved' : open,
    function_key: drawn.random.weighted(functions),
    priority: drawn.random.weighted([
      [3, 80],
      [2, 12],
      [4, 5],
      [1, 3],
    ]),
    target,
    act: 'answer',
    is_waiting: false,
    opened_at: first?.publishedAt,
    resolved_at: isOver ? last?.publishedAt : null,
    last_activity_at: last?.publishedAt,
  }
}

async function writeChunk(db: Db, workspaceId: string, chunk: Chunk, at: number): Promise<void> {
  const now = new Date(at)
  const settings = await workspaceSettings(db, workspaceId)
  await insertRows(db, 'engagements', chunk.engagements)
  await insertRows(db, 'cases', chunk.cases)
  const caseIds = chunk.cases.map((row) => String(row['id']))
  await refreshCases(db, workspaceId, caseIds, { settings, now })
  await refreshTurnsOfThreads(db, { workspaceId, threadIds: chunk.threadIds, settings, now })
}

async function writePresences(
  platform: Platform,
  scope: Scope,
  presences: ReadonlyMap<string, string>,
  now: number,
): Promise<void> {
  const rows = [...presences].map(([key, id]) => {
    const [channel = '', handle = ''] = key.split(' ')
    return {
      workspace_id: scope.workspaceId,
      id,
      channel,
      handle,
      handle_key: handle.toLowerCase(),
      created_at: new Date(now),
    }
  })
  await inScope(platform.database, scope, (db) => insertRows(db, 'presences', rows))
}
