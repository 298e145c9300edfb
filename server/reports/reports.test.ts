import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Principal } from '../platform/auth/authenticator.ts'
import { createTestWorkspace, type TestWorkspace } from '../../test/workspace.ts'
import { outcomeReport, responseBreakdown, responseReport, turnsOfReport } from './commands.ts'
import { today } from './commands-today.ts'
import { reportStreams } from './routes-csv.ts'

const hour = 3_600_000
const day = 24 * hour
const now = Date.UTC(2026, 2, 20, 12)

interface Said {
  readonly thread: string
  readonly by: string
  readonly at: number
  readonly feels?: 'negative' | 'neutral' | 'positive'
}

/** Everybody has an hour; ann is answered in time, bob never, dan was the week before, cat has only just written. */
const story: readonly Said[] = [
  { thread: 'ann', by: 'ann', at: now - 3 * day, feels: 'negative' },
  { thread: 'ann', by: 'shop', at: now - 3 * day + hour / 2 },
  { thread: 'ann', by: 'ann', at: now - 3 * day + 2 * hour, feels: 'positive' },
  { thread: 'ann', by: 'shop', at: now - 3 * day + 2.5 * hour },
  { thread: 'bob', by: 'bob', at: now - 3 * day, feels: 'negative' },
  { thread: 'bob', by: 'bob', at: now - 3 * day + 5 * hour, feels: 'neutral' },
  { thread: 'dan', by: 'dan', at: now - 10 * day, feels: 'negative' },
  { thread: 'dan', by: 'shop', at: now - 10 * day + hour / 2 },
  { thread: 'cat', by: 'cat', at: now - hour / 3, feels: 'negative' },
]

let workspace: TestWorkspace

function lineOf({ thread, by, at }: Said): string {
  return JSON.stringify({
    source: 'chat',
    externalId: `${by} ${at}`,
    direction: by === 'shop' ? 'out' : 'in',
    author: { externalId: by, handle: by, name: by === 'cat' ? '=cat()' : by },
    presence: 'shop',
    threadExternalId: thread,
    text: 'My parcel has not come, where is it?',
    publishedAt: new Date(at).toISOString(),
  })
}

/** Feelings and targets are given, so that the test does not hang on what the reader and the tree think. */
async function settle(): Promise<void> {
  const { ownerPool } = workspace.database
  for (const { by, at, feels } of story) {
    await ownerPool.query(
      `update engagements set sentiment = $2, is_sentiment_unsure = false, labels = '{question}' where external_id = $1 and direction = 'in'`,
      [`${by} ${at}`, feels],
    )
  }
  const target = { firstAnswerMinutes: 60, nextAnswerMinutes: 60, resolutionMinutes: null, hours: 'calendar' }
  await ownerPool.query(`update cases set target = $1, function_key = 'service'`, [JSON.stringify(target)])
  const { rows } = await ownerPool.query<{ id: string }>('select id from cases')
  await workspace.run('follow', { caseIds: rows.map((row) => row.id) })
}

beforeAll(async () => {
  workspace = await createTestWorkspace({ timeZone: 'UTC', clock: { now: () => now } })
  await workspace.importAll('ndjson', { text: story.map(lineOf).join('\n') })
  await settle()
})
afterAll(() => workspace.close())

describe('the outcome', () => {
  test('stands beside what happened without an answer in time', async () => {
    const said = await outcomeReport(workspace.platform, workspace.scope, {})
    expect(said.answered).toMatchObject({ n: 3, negativeN: 1, improvedOfNegative: 1 })
    expect(said.answered.silentShare).toBeCloseTo(2 / 3)
    expect(said.control).toMatchObject({ n: 1, negativeN: 1, improvedOfNegative: 1, silentShare: 0 })
    expect(said.control.table[0]).toEqual([0, 1, 0])
    expect(said.difference?.value).toBe(0)
    expect(said.controlDefinition).toContain('had no answer in time')
  })

  test('opens the turns of each cell', async () => {
    const { platform, scope } = workspace
    const control = await turnsOfReport(platform, scope, { group: 'control', limit: 50 })
    expect(control.items.map((turn) => turn.person)).toEqual(['bob'])
    const silent = await turnsOfReport(platform, scope, { group: 'answered', after: 'silent', limit: 50 })
    expect(silent.items.map((turn) => turn.person)).toEqual(['ann', 'dan'])
    const better = await turnsOfReport(platform, scope, { before: 'negative', after: 'positive', limit: 50 })
    expect(better.items).toMatchObject([
      { person: 'ann', presence: 'shop', seconds: 1800, function: 'service' },
    ])
  })

  test('counts the survey and the times to resolution of the cases in the filter', async () => {
    const { ownerPool } = workspace.database
    await ownerPool.query(
      `insert into surveys (workspace_id, id, case_id, person_id, token_hash, asked_at, answered_at, score)
        select workspace_id, id, id, person_id, decode(md5(id::text), 'hex'), $1, $1, row_number() over (order by opened_at)
        from cases`,
      [new Date(now - day)],
    )
    const { csat } = await outcomeReport(workspace.platform, workspace.scope, { function: 'service' })
    expect(csat).toMatchObject({ asked: 4, n: 4, share: 0.25 })
    const before = await outcomeReport(workspace.platform, workspace.scope, { to: '2026-03-18' })
    expect(before.csat).toMatchObject({ asked: 0, n: 0, share: null })
  })
})

describe('times to resolution', () => {
  test('are of the cases resolved in the period', async () => {
    await workspace.database.ownerPool.query(
      `update cases c set status = 'resolved', resolved_at = opened_at + interval '2 hours' from persons p
        where p.id = c.person_id and p.name = 'dan'`,
    )
    const { platform, scope } = workspace
    const said = await outcomeReport(platform, scope, { from: '2026-03-10', to: '2026-03-10' })
    expect(said.resolved).toEqual({ n: 1, p50Seconds: 7200, p90Seconds: 7200 })
    const later = await outcomeReport(platform, scope, { from: '2026-03-11' })
    expect(later.resolved).toEqual({ n: 0, p50Seconds: null, p90Seconds: null })
  })
})

describe('today', () => {
  test('says who waits, the longest first', async () => {
    const { waiting } = await today(workspace.platform, workspace.scope)
    expect(waiting.longest.map((row) => row.person)).toEqual(['bob', '=cat()'])
    expect(waiting).toMatchObject({
      total: 2,
      longest: [{ waitingSince: new Date(now - 3 * day).toISOString() }, {}],
    })
  })

  test('says how many of the due turns had their answer in time, this week and the one before', async () => {
    const { gap } = await today(workspace.platform, workspace.scope)
    expect(gap.due).toBe(3)
    expect(gap.withinTarget).toBe(2)
    expect(gap.share).toBeCloseTo(2 / 3)
    expect(gap.previousShare).toBe(1)
  })

  test('draws 28 days, whether rolled up or not', async () => {
    const before = await today(workspace.platform, workspace.scope)
    await workspace.run('roll-up')
    const after = await today(workspace.platform, workspace.scope)
    expect(after).toEqual(before)
    expect(after.feeling).toHaveLength(28)
    expect(after.feeling.find((row) => row.day === '2026-03-17')).toEqual({
      day: '2026-03-17',
      negative: 2,
      neutral: 1,
      positive: 1,
    })
    expect(after.volume.at(-1)).toEqual({ day: '2026-03-20', inbound: 1, answered: 0 })
    expect(after.functions.find((row) => row.key === 'service')).toMatchObject({
      answeredShare: 0.5,
      medianSeconds: 1800,
    })
  })
})

describe('a hand-over', () => {
  test('takes the turns and the engagements of the case with it', async () => {
    const { platform, scope } = workspace
    const { ownerPool } = workspace.database
    const moved = await ownerPool.query<{ id: string }>(
      `update cases c set function_key = 'sales' from persons p where p.id = c.person_id and p.name = 'ann' returning c.id`,
    )
    await workspace.run('follow', { caseIds: moved.rows.map((row) => row.id) })
    const { rows } = await responseBreakdown(platform, scope, { dimension: 'function' })
    expect(rows.map((row) => [row.key, row.turns])).toEqual([
      ['service', 3],
      ['sales', 2],
    ])
    expect(await responseReport(platform, scope, { function: 'sales' })).toMatchObject({
      inbound: 2,
      outbound: 2,
      persons: 1,
    })
    await workspace.run('roll-up')
    expect(await responseReport(platform, scope, { function: 'sales' })).toMatchObject({
      inbound: 2,
      outbound: 2,
      persons: 1,
    })
  })
})

describe('the reports as files', () => {
  function get(path: string, permissions: readonly string[] | null = ['reports.read']): Promise<Response> {
    const { platform, scope } = workspace
    const known =
      permissions === null ? null : ({ scope, permissions: new Set(permissions) } as unknown as Principal)
    const auth = { principal: async () => known } as unknown as typeof platform.auth
    return Promise.resolve(reportStreams({ ...platform, auth }).request(path))
  }

  test('hold what the pages say', async () => {
    const response = await get('/reports/response.csv?hour=12')
    expect(response.headers.get('Content-Type')).toBe('text/csv; charset=utf-8')
    const [columns, values] = (await response.text()).split('\r\n').map((line) => line.split(','))
    const turns = values?.[columns?.indexOf('turns') ?? -1]
    expect(turns).toBe('3')
    const byPresence = await (await get('/reports/response.csv?dimension=presence')).text()
    expect(byPresence).toContain('shop')
    expect(await (await get('/reports/response/by.csv?dimension=presence')).text()).toBe(byPresence)
    expect(await (await get('/reports/outcome.csv')).text()).toContain('turns,control,negative,neutral,1')
  })

  test('hold every turn, and nothing that a spreadsheet would run', async () => {
    const lines = (await (await get('/reports/turns.csv')).text()).trimEnd().split('\r\n')
    expect(lines).toHaveLength(6)
    expect(lines.some((line) => line.includes(`,'=cat(),`))).toBe(true)
    const unanswered = await (await get('/reports/turns.csv?answered=false')).text()
    expect(unanswered.trimEnd().split('\r\n')).toHaveLength(3)
  })

  test('refuse what they cannot read, and whom they do not know', async () => {
    expect((await get('/reports/turns.csv?hour=25')).status).toBe(422)
    expect((await get('/reports/response/by.csv')).status).toBe(422)
    expect((await get('/reports/turns.csv', null)).status).toBe(401)
    expect((await get('/reports/turns.csv', ['cases.read'])).status).toBe(403)
  })
})
