import { existsSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ResponseReport } from '../../contract/reports.ts'
import { createRandom } from '../../lib/random.ts'
import { createTestWorkspace, type TestWorkspace } from '../../test/workspace.ts'
import { responseReport } from './commands.ts'

const file = new URL('../../../shared/data/twcs/twcs_part.csv', import.meta.url).pathname
const isHere = existsSync(file)
if (!isHere) process.stderr.write(`SKIPPED: figures of real conversations; no ${file}\n`)

function report(workspace: TestWorkspace): Promise<ResponseReport> {
  return responseReport(workspace.platform, workspace.scope, {})
}

function expectTruth(said: ResponseReport): void {
  expect(said).toMatchObject({
    engagements: 2366,
    inbound: 1305,
    outbound: 1061,
    persons: 704,
    presences: 70,
    turns: 1227,
    answered: 1039,
    p50Seconds: 779,
  })
  expect(said.share).toBeCloseTo(0.84678, 5)
  expect(said.interval?.low).toBeCloseTo(0.82555, 5)
  expect(said.interval?.high).toBeCloseTo(0.86585, 5)
  expect(said.p90Seconds).toBe(28_893.4)
}

async function everyTurn(workspace: TestWorkspace) {
  const { rows } = await workspace.database.ownerPool.query<{
    external_id: string
    seconds: number | null
    labels: readonly string[]
  }>(`select e.external_id, t.* from turns t join engagements e on e.id = t.id order by e.external_id`)
  return rows
}

describe.skipIf(!isHere)('real conversations, imported and taken through the loop', () => {
  let workspace: TestWorkspace
  beforeAll(async () => {
    workspace = await createTestWorkspace()
    await workspace.importAll('twcs', { file })
  })
  afterAll(() => workspace.close())

  test('the report says the truth from the turns, and from their roll-ups', async () => {
    expectTruth(await report(workspace))
    await workspace.run('roll-up')
    const left = await workspace.database.ownerPool.query('select 1 from stale_days')
    expect(left.rowCount).toBe(0)
    expectTruth(await report(workspace))
  })

  test('importing the same file again changes nothing', async () => {
    const before = await everyTurn(workspace)
    await workspace.importAll('twcs', { file })
    expect(await everyTurn(workspace)).toEqual(before)
    expectTruth(await report(workspace))
  })

  test('rows in any order give the same figures', async () => {
    const shuffled = await createTestWorkspace({ timeZone: 'Pacific/Auckland' })
    const [header = '', ...rows] = recordsOf(readFileSync(file, 'utf8'))
    const text = [header, ...shuffle(rows, 7)].join('\n')
    await shuffled.importAll('twcs', { text })
    expectTruth(await report(shuffled))
    await shuffled.run('roll-up')
    expectTruth(await report(shuffled))
    // Of two answers in the same instant either may be named; all figures are the same.
    const figures = async (of: TestWorkspace) =>
      (await everyTurn(of)).map(({ external_id, seconds, labels }) => ({ external_id, seconds, labels }))
    expect(await figures(shuffled)).toEqual(await figures(workspace))
    await shuffled.close()
  })
})

/** Lines of CSV, those within quotes kept together. */
function recordsOf(text: string): string[] {
  const records: string[] = []
  for (const line of text.trimEnd().split(/\r?\n/)) {
    const last = records.at(-1)
    const isOpen = last !== undefined && (last.match(/"/g)?.length ?? 0) % 2 === 1
    if (isOpen) records[records.length - 1] = `${last}\n${line}`
    else records.push(line)
  }
  return records
}

function shuffle<Item>(items: readonly Item[], seed: number): Item[] {
  const random = createRandom(seed)
  return items
    .map((item) => ({ item, at: random.next() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item)
}
