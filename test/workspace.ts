import { createReadStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import type { ImportFormat } from '../contract/engagements.ts'
import { addFirstTree } from '../server/decisions/commands.ts'
import { startImport } from '../server/engagements/commands.ts'
import { loopJobs } from '../server/loop.ts'
import type { Clock } from '../server/platform/clock.ts'
import { openDatabase, type Database } from '../server/platform/db/database.ts'
import { inScope, systemScope, type Db, type Scope } from '../server/platform/db/scope.ts'
import { openEgress } from '../server/platform/egress/egress.ts'
import { openFiles } from '../server/platform/files/files.ts'
import { newId } from '../server/platform/ids.ts'
import type { RunnableJob } from '../server/platform/jobs/jobs.ts'
import { openLog } from '../server/platform/log.ts'
import type { Platform } from '../server/platform/platform.ts'
import { createTestDatabase } from './database.ts'

/** A workspace on a database of its own, whose jobs run when the test says so. */
export interface TestWorkspace {
  readonly database: Database
  readonly platform: Platform
  readonly workspaceId: string
  readonly scope: Scope
  run(job: string, payload?: Readonly<Record<string, unknown>>): Promise<void>
  within<Result>(work: (db: Db) => Promise<Result>): Promise<Result>
  /** Imports a file or text and takes all of it through the loop. */
  importAll(
    format: ImportFormat,
    content: { readonly file: string } | { readonly text: string },
  ): Promise<void>
  close(): Promise<void>
}

const functions = ['service', 'community', 'marketing', 'sales', 'pr', 'product']
const weekday = [[9 * 60, 18 * 60]]
const officeHours = {
  weekly: { '1': weekday, '2': weekday, '3': weekday, '4': weekday, '5': weekday, '6': [], '7': [] },
  holidays: [],
}

export async function createTestWorkspace(
  options: { readonly timeZone?: string; readonly clock?: Clock } = {},
): Promise<TestWorkspace> {
  const fresh = await createTestDatabase()
  const folder = await mkdtemp(join(tmpdir(), 'horseshoe-workspace-'))
  // Dropping the database ends connections that are still being closed.
  let isClosing = false
  const onError = (error: Error): void => (isClosing ? undefined : console.error(error))
  const database = openDatabase({ ...fresh, onError })
  const clock = options.clock ?? { now: () => Date.now() }
  const log = openLog('error')
  const egress = openEgress({ trusted: [] })
  const world = { database, clock, log, files: openFiles(folder), egress, maxUploadBytes: 1e9 }
  // The loop uses no other part of the platform.
  const platform = world as unknown as Platform
  const workspaceId = newId()
  const scope = systemScope(workspaceId, 'Test')
  await makeWorkspace(database, scope, options.timeZone ?? 'Europe/Berlin')
  const jobs = new Map<string, RunnableJob>(loopJobs(platform).map((job) => [job.name, job]))
  async function run(name: string, payload: Readonly<Record<string, unknown>> = {}): Promise<void> {
    const job = jobs.get(name)
    if (job === undefined) throw new Error(`no job ${name}`)
    await job.run({ workspaceId, ...payload })
  }
  return {
    database,
    platform,
    workspaceId,
    scope,
    run,
    within: (work) => inScope(database, scope, work),
    async importAll(format, content) {
      const bytes =
        'file' in content ? createReadStream(content.file) : Readable.from([Buffer.from(content.text)])
      const started = await startImport(platform, scope, { format, fileName: 'test', ownHandles: [], bytes })
      await run('import', { importId: started.id })
      await run('digest')
    },
    async close() {
      isClosing = true
      await database.close()
      await fresh.drop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function makeWorkspace(database: Database, scope: Scope, timeZone: string): Promise<void> {
  const { workspaceId } = scope
  await database.ownerPool.query(
    `insert into workspaces (id, slug, name, time_zone, hours, created_at) values ($1, $2, $2, $3, $4, now())`,
    [workspaceId, `test-${workspaceId}`, timeZone, JSON.stringify(officeHours)],
  )
  for (const [position, key] of functions.entries()) {
    await database.ownerPool.query(
      `insert into functions (workspace_id, key, title, position) values ($1, $2, $3, $4)`,
      [workspaceId, key, key, position],
    )
  }
  await inScope(database, scope, (db) => addFirstTree(db, scope, functions, new Date()))
}
