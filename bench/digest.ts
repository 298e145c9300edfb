// Captured to decided: a backlog that waits in the queue, then one worker process that takes it through the loop.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { acceptWithin } from '../server/engagements/index.ts'
import { inScope } from '../server/platform/db/scope.ts'
import { millionEngagements } from '../server/sample/million.ts'
import { scopeOfWorkspace } from '../server/cli-session.ts'
import { startServerProcess, openAccount } from '../test/server-process.ts'
import { ownerUrlOf, withFreshFolder } from './bench-folder.ts'
import { runAlone, type Figure } from './figures.ts'
import { withCommand } from './open-command.ts'
import { rawInsert } from './raw-insert.ts'

export interface DigestOptions {
  /** Engagements that wait. Default 100,000. */
  readonly rows?: number
}

const mainFile = fileURLToPath(new URL('../server/main.ts', import.meta.url))
const together = 1_000
const limitMs = 1_800_000

export async function benchDigest({ rows = 100_000 }: DigestOptions = {}): Promise<readonly Figure[]> {
  return withFreshFolder('digest', async (folder) => {
    const server = await startServerProcess({ HORSESHOE_DATA: folder, HORSESHOE_ROLE: 'web' })
    try {
      const { workspace } = await openAccount(server, 'Bench')
      await fillQueue(folder, workspace, rows)
      const ownerUrl = await ownerUrlOf(folder)
      const raw = await rawInsert(ownerUrl, engagements(Math.min(rows, 20_000)))
      const perSecond = await watchQueue(folder, ownerUrl)
      const reference = { name: 'raw INSERT, 100 a statement, rows/s', value: raw.perSecond }
      return [
        {
          name: `captured to decided, backlog of ${rows.toLocaleString('en')}`,
          value: Math.round(perSecond),
          unit: 'engagements/s',
          want: '1500',
          reference,
        },
      ]
    } finally {
      await server.stop()
    }
  })
}

function engagements(count: number) {
  return millionEngagements({ seed: 5, count, now: Date.now() })
}

async function fillQueue(folder: string, workspace: string, rows: number): Promise<void> {
  await withCommand(folder, async (horseshoe) => {
    const scope = await scopeOfWorkspace(horseshoe, workspace)
    const { database } = horseshoe.platform
    const accept = (inputs: Parameters<typeof acceptWithin>[2]) =>
      inScope(database, scope, (db) =>
        acceptWithin(db, scope.workspaceId, inputs, { via: 'api', now: new Date() }),
      )
    let chunk: Parameters<typeof acceptWithin>[2][number][] = []
    for (const engagement of engagements(rows)) {
      chunk.push(engagement)
      if (chunk.length < together) continue
      await accept(chunk)
      chunk = []
    }
    if (chunk.length > 0) await accept(chunk)
  })
}

/** Rows a second from the first that leaves the queue to the last. */
async function watchQueue(folder: string, ownerUrl: string): Promise<number> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  const waiting = async (): Promise<number> =>
    Number((await client.query<{ n: string }>('select count(*) as n from arrival_queue')).rows[0]?.n)
  const all = await waiting()
  const worker = spawn(process.execPath, [mainFile], {
    env: {
      PATH: process.env['PATH'],
      DATABASE_URL: ownerUrl,
      HORSESHOE_DATA: folder,
      HORSESHOE_ROLE: 'worker',
      LOG_LEVEL: 'error',
    },
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  try {
    const deadline = Date.now() + limitMs
    let begin: { readonly at: number; readonly left: number } | undefined
    for (;;) {
      const left = await waiting()
      const at = performance.now()
      if (left < all) begin ??= { at, left }
      if (left === 0 && begin !== undefined) return (begin.left * 1000) / (at - begin.at)
      if (Date.now() > deadline || worker.exitCode !== null) throw new Error(`${left} still wait`)
      await sleep(100)
    }
  } finally {
    await client.end()
    const exited = once(worker, 'exit')
    if (worker.exitCode === null && worker.kill('SIGTERM')) await exited
  }
}

await runAlone(import.meta.url, () => benchDigest({ rows: Number(process.env['ROWS'] ?? 100_000) }))
