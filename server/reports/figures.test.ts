import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Dimension, ReportFilter } from '../../contract/reports.ts'
import { localTime } from '../../lib/calendar/local-time.ts'
import { createRandom, type Random } from '../../lib/random.ts'
import { createTestWorkspace, type TestWorkspace } from '../../test/workspace.ts'
import { markDays } from '../outcomes/store-turns.ts'
import { insertRows } from '../platform/db/rows.ts'
import { newId } from '../platform/ids.ts'
import { responseBreakdown, responseReport, turnsOfReport } from './commands.ts'
import { figuresOf } from './response-figures.ts'

// Here clocks go back from one to midnight, so that a day has its first hour twice.
const timeZone = 'America/Havana'
const first = Date.UTC(2025, 9, 28)
const now = Date.UTC(2025, 10, 20)
const channels = ['web', 'email', 'twitter']
const functions = ['service', 'sales']
const labels = ['question', 'complaint', 'praise']
const presences = [newId(), newId(), newId()]
const persons = Array.from({ length: 15 }, () => newId())

interface Row {
  readonly id: string
  readonly at: number
  readonly presence: string | null
  readonly function: string | null
  readonly channel: string
  readonly labels: readonly string[]
}
interface TurnRow extends Row {
  readonly seconds: number | null
}
interface SaidRow extends Row {
  readonly direction: 'in' | 'out'
  readonly person: string | null
}

let workspace: TestWorkspace
let turns: TurnRow[] = []
let said: SaidRow[] = []
const caseIds = new Map(functions.map((key) => [key, newId()]))

function makeRow(random: Random): Row {
  const { pick, chance } = random
  return {
    id: newId(),
    at: first + random.below(14 * 86_400_000),
    presence: chance(0.1) ? null : pick(presences),
    function: chance(0.2) ? null : pick(functions),
    channel: pick(channels),
    labels: labels.filter(() => chance(0.3)),
  }
}

function makeTurn(random: Random): TurnRow {
  return { ...makeRow(random), seconds: random.chance(0.7) ? random.below(9e8) / 1000 : null }
}

function makeSaid(random: Random): SaidRow {
  const isOurs = random.chance(0.4)
  return {
    ...makeRow(random),
    direction: isOurs ? 'out' : 'in',
    person: isOurs ? null : random.pick(persons),
  }
}

async function store(newTurns: readonly TurnRow[], newSaid: readonly SaidRow[]): Promise<void> {
  const workspace_id = workspace.workspaceId
  const shared = (row: Row) => ({
    workspace_id,
    id: row.id,
    thread_id: row.id,
    presence_id: row.presence,
    channel: row.channel,
    labels: row.labels,
    case_id: row.function === null ? null : (caseIds.get(row.function) ?? null),
  })
  await workspace.within(async (db) => {
    const turnRows = newTurns.map((row) => ({
      ...shared(row),
      person_id: persons[0],
      function_key: row.function,
      started_at: new Date(row.at),
      answered_at: row.seconds === null ? null : new Date(row.at + row.seconds * 1000),
      seconds: row.seconds,
      spoke_again: false,
    }))
    const saidRows = newSaid.map((row) => ({
      ...shared(row),
      arrival_id: row.id,
      source: 'test',
      external_id: row.id,
      type: 'Create',
      kind: 'Note',
      direction: row.direction,
      visibility: 'public',
      person_id: row.person,
      author_name: '',
      text: '',
      language: 'und',
      is_sentiment_unsure: false,
      mentions: [],
      media: [],
      is_automatic: false,
      is_historical: false,
      version: 1,
      published_at: new Date(row.at),
      received_at: new Date(row.at),
    }))
    await insertRows(db, 'turns', turnRows)
    await insertRows(db, 'engagements', saidRows)
    const starts = [...newTurns, ...newSaid].map((row) => row.at)
    await markDays(db, workspace_id, { engagementIds: [], threadIds: [], starts, mark: newId() })
  })
}

async function storeCases(): Promise<void> {
  const rows = [...caseIds].map(([key, id], index) => ({
    workspace_id: workspace.workspaceId,
    id,
    number: index + 1,
    person_id: persons[0],
    thread_id: id,
    channel: 'web',
    preview: '',
    status: 'open',
    function_key: key,
    priority: 3,
    target: { firstAnswerMinutes: null, nextAnswerMinutes: null, resolutionMinutes: null, hours: 'calendar' },
    act: 'answer',
    is_waiting: false,
    opened_at: new Date(first),
    last_activity_at: new Date(first),
  }))
  await workspace.within((db) => insertRows(db, 'cases', rows))
}

function isWithin(row: Row, filter: ReportFilter): boolean {
  const { date, hour } = localTime(timeZone, row.at)
  const none = (value: string | null): string => value ?? '-'
  return (
    (filter.from === undefined || date >= filter.from) &&
    (filter.to === undefined || date <= filter.to) &&
    (filter.hour === undefined || hour === filter.hour) &&
    (filter.presence === undefined || none(row.presence) === filter.presence) &&
    (filter.function === undefined || none(row.function) === filter.function) &&
    (filter.channel === undefined || row.channel === filter.channel) &&
    (filter.intent === undefined || labelsOf(row).includes(filter.intent))
  )
}

function labelsOf(row: Row): readonly string[] {
  return row.labels.length === 0 ? ['-'] : row.labels
}

function figures(rows: readonly TurnRow[]) {
  return figuresOf({
    answered: rows.flatMap((row) => row.seconds ?? []),
    waiting: rows.filter((row) => row.seconds === null).map((row) => (now - row.at) / 1000),
  })
}

function expectedReport(filter: ReportFilter) {
  const rows = said.filter((row) => isWithin(row, filter))
  return {
    ...figures(turns.filter((row) => isWithin(row, filter))),
    engagements: rows.length,
    inbound: rows.filter((row) => row.direction === 'in').length,
    outbound: rows.filter((row) => row.direction === 'out').length,
    persons: new Set(rows.flatMap((row) => row.person ?? [])).size,
    presences: new Set(rows.flatMap((row) => row.presence ?? [])).size,
  }
}

function keysOf(row: Row, dimension: Dimension): readonly string[] {
  const { date, hour } = localTime(timeZone, row.at)
  const monday = new Date(Date.parse(date) - ((new Date(date).getUTCDay() + 6) % 7) * 86_400_000)
  switch (dimension) {
    case 'presence':
      return [row.presence ?? '-']
    case 'function':
      return [row.function ?? '-']
    case 'channel':
      return [row.channel]
    case 'intent':
      return labelsOf(row)
    case 'hour':
      return [String(hour)]
    case 'day':
      return [date]
    case 'week':
      return [monday.toISOString().slice(0, 10)]
  }
}

function expectedBreakdown(filter: ReportFilter, dimension: Dimension) {
  const groups = new Map<string, TurnRow[]>()
  for (const row of turns.filter((turn) => isWithin(turn, filter))) {
    for (const key of keysOf(row, dimension)) {
      if (dimension === 'intent' && filter.intent !== undefined && filter.intent !== key) continue
      groups.set(key, [...(groups.get(key) ?? []), row])
    }
  }
  return new Map([...groups].map(([key, rows]) => [key, figures(rows)]))
}

const day = fc
  .integer({ min: 0, max: 16 })
  .map((offset) => new Date(first + offset * 86_400_000).toISOString().slice(0, 10))
const anyFilter: fc.Arbitrary<ReportFilter> = fc.record(
  {
    from: day,
    to: day,
    presence: fc.constantFrom('-', ...presences),
    function: fc.constantFrom('-', ...functions),
    intent: fc.constantFrom('-', ...labels),
    hour: fc.integer({ min: 0, max: 23 }),
    channel: fc.constantFrom(...channels),
  },
  { requiredKeys: [] },
)
/** Mostly one dimension, as roll-ups serve these. */
const filters = anyFilter.chain((filter) =>
  fc
    .constantFrom('presence', 'function', 'intent', 'hour', 'channel', 'none', 'any')
    .map((kept): ReportFilter => {
      if (kept === 'any') return filter
      const { from, to } = filter
      const period = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }
      const value = kept === 'none' ? undefined : filter[kept]
      return value === undefined ? period : { ...period, [kept]: value }
    }),
)
const dimensions = fc.constantFrom<Dimension>(
  'presence',
  'function',
  'intent',
  'hour',
  'day',
  'week',
  'channel',
)

async function expectEqualToRaw(): Promise<void> {
  const { platform, scope } = workspace
  await fc.assert(
    fc.asyncProperty(filters, dimensions, async (filter, dimension) => {
      expect(await responseReport(platform, scope, filter)).toEqual(expectedReport(filter))
      const { rows } = await responseBreakdown(platform, scope, { ...filter, dimension })
      const filled = rows.filter((row) => row.turns > 0)
      const found = new Map(filled.map(({ key, title: _title, ...figuresOfKey }) => [key, figuresOfKey]))
      expect(found).toEqual(expectedBreakdown(filter, dimension))
    }),
    { numRuns: 40 },
  )
}

describe('figures from roll-ups, from turns, and from both', () => {
  beforeAll(async () => {
    workspace = await createTestWorkspace({ timeZone, clock: { now: () => now } })
    const random = createRandom(11)
    turns = Array.from({ length: 400 }, () => makeTurn(random))
    said = Array.from({ length: 600 }, () => makeSaid(random))
    await storeCases()
    await store(turns, said)
  })
  afterAll(() => workspace.close())

  test('are the raw ones while nothing is rolled up', expectEqualToRaw)

  test('are the raw ones when all days are rolled up', async () => {
    await workspace.run('roll-up')
    const left = await workspace.database.ownerPool.query('select 1 from stale_days')
    expect(left.rowCount).toBe(0)
    await expectEqualToRaw()
  })

  test('are the raw ones when some days changed since', async () => {
    const random = createRandom(12)
    persons.push(newId())
    const newTurns = Array.from({ length: 6 }, () => makeTurn(random))
    const newSaid = [
      ...Array.from({ length: 5 }, () => makeSaid(random)),
      { ...makeSaid(random), direction: 'in' as const, person: persons.at(-1) ?? null },
    ]
    turns = [...turns, ...newTurns]
    said = [...said, ...newSaid]
    await store(newTurns, newSaid)
    await expectEqualToRaw()
    await workspace.run('roll-up')
    await expectEqualToRaw()
  })

  test('open exactly the turns that they count', async () => {
    const { platform, scope } = workspace
    await fc.assert(
      fc.asyncProperty(filters, fc.option(fc.boolean(), { nil: undefined }), async (filter, answered) => {
        const wanted = turns
          .filter((row) => isWithin(row, filter))
          .filter((row) => answered === undefined || (row.seconds !== null) === answered)
        const ids: string[] = []
        let cursor: string | undefined
        do {
          const page = await turnsOfReport(platform, scope, { ...filter, answered, cursor, limit: 50 })
          ids.push(...page.items.map((turn) => turn.id))
          cursor = page.nextCursor ?? undefined
        } while (cursor !== undefined)
        const newest = wanted.toSorted((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1))
        expect(ids).toEqual(newest.map((row) => row.id))
      }),
      { numRuns: 30 },
    )
  })

  test('follow the workspace into another time zone', async () => {
    await workspace.database.ownerPool.query(`update workspaces set time_zone = 'Asia/Kathmandu'`)
    const { platform, scope } = workspace
    const raw = await responseBreakdown(platform, scope, { dimension: 'hour' })
    await workspace.run('roll-up')
    expect(await responseBreakdown(platform, scope, { dimension: 'hour' })).toEqual(raw)
    const byHour = Map.groupBy(turns, (row) => localTime('Asia/Kathmandu', row.at).hour)
    expect(raw.rows.map((row) => row.turns)).toEqual(
      Array.from({ length: 24 }, (_, hour) => byHour.get(hour)?.length ?? 0),
    )
  })
})
