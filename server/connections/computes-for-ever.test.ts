import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openCompany, type Company } from '../../test/connections/company.ts'
import { openTestNetwork } from '../../test/connections/test-network.ts'
import { createKeeper } from './commands-keep.ts'

const workerFile = fileURLToPath(new URL('../../test/connections/poisoned-worker.ts', import.meta.url))
const network = openTestNetwork()
let company: Company
let id: string

beforeAll(async () => {
  company = await openCompany(network)
  id = await company.connect()
})
afterAll(() => company.close())

/** One life of a worker process; how it ended. */
async function live(aheadMs: number): Promise<string> {
  const { database, appUrl } = company.api
  const { connectionString = '' } = database.ownerPool.options
  const { folder } = company.parts.platform.files
  const args = [connectionString, appUrl, folder, company.workspaceId, id, String(aheadMs)]
  const child = spawn(process.execPath, [workerFile, ...args], { stdio: ['ignore', 'ignore', 'inherit'] })
  const [code, signal] = await once(child, 'exit')
  return String(signal ?? code)
}

async function readSoFar(): Promise<number> {
  const [row] = await company.rows<{ n: number }>('select count(*)::int as n from arrivals')
  return row?.n ?? 0
}

test(
  'a word that its channel computes on for ever ends its process, is set aside after five, and holds up no other',
  { timeout: 120_000 },
  async () => {
    const events = Array.from({ length: 12 }, (_, index) =>
      network.say(index === 4 ? 'compute for ever' : `word ${index}`, { key: `w${index}` }),
    )
    await createKeeper(company.parts).keep(company.workspaceId, { connectionId: id, events })
    const ends: string[] = []
    const read: number[] = []
    for (const aheadMs of [0, 1_000, 2_000, 300_000, 600_000, 900_000, 1_200_000]) {
      ends.push(await live(aheadMs))
      read.push(await readSoFar())
    }
    // First with all others, then alone; while it stands back, what waits behind it goes through.
    expect(ends.slice(0, 3)).toEqual(['SIGKILL', 'SIGKILL', '0'])
    expect(read.slice(0, 3)).toEqual([0, 4, 11])
    expect(ends.slice(3)).toEqual(['SIGKILL', 'SIGKILL', 'SIGKILL', '0'])
    const aside = await company.rows('select tries, reason from raw_quarantine')
    expect(aside).toEqual([{ tries: 5, reason: 'The program ended each time while this was read.' }])
    expect(await company.rows('select 1 from raw_queue')).toEqual([])
  },
)
