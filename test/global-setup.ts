import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { stopEmbeddedPostgres } from '../server/platform/postgres/embedded.ts'
import { liveUsers, registerUser } from '../server/platform/postgres/users.ts'
import { dropTestDatabases } from './database.ts'

/** What the files of one test run share. */
export interface TestRun {
  readonly id: string
  /** Data folder of the embedded server, which the first file that asks for a database starts. */
  readonly folder: string
  /** A server given by TEST_DATABASE_URL, to be used instead; its login must be able to create databases and roles. */
  readonly givenUrl: string
}

declare module 'vitest' {
  export interface ProvidedContext {
    testRun: TestRun
  }
}

const prefix = 'horseshoe-test-'

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  await sweepDeadRuns()
  const folder = await mkdtemp(join(tmpdir(), prefix))
  await registerUser(folder, 'command')
  const run = { id: randomBytes(4).toString('hex'), folder, givenUrl: process.env['TEST_DATABASE_URL'] ?? '' }
  project.provide('testRun', run)
  return async () => {
    if (run.givenUrl) await dropTestDatabases(run)
    await removeRun(folder)
  }
}

/** A killed test run leaves its PostgreSQL and its folder behind. */
async function sweepDeadRuns(): Promise<void> {
  const names = await readdir(tmpdir())
  for (const name of names.filter((candidate) => candidate.startsWith(prefix))) {
    const folder = join(tmpdir(), name)
    const age = Date.now() - (await stat(folder).catch(() => ({ mtimeMs: Date.now() }))).mtimeMs
    if (age < 60_000 || (await liveUsers(folder)).length > 0) continue
    await removeRun(folder).catch(() => undefined)
  }
}

async function removeRun(folder: string): Promise<void> {
  await stopEmbeddedPostgres(folder)
  await rm(folder, { recursive: true, force: true, maxRetries: 5 })
}
