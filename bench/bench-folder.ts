import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { stopEmbeddedPostgres } from '../server/platform/postgres/embedded.ts'

/** Below the checkout, never committed. */
export const cacheFolder =
  process.env['HORSESHOE_BENCH'] ?? fileURLToPath(new URL('../.cache', import.meta.url))

/** A data folder for one piece of the bench, removed with its PostgreSQL afterwards. */
export async function withFreshFolder<Result>(
  name: string,
  work: (folder: string) => Promise<Result>,
): Promise<Result> {
  await mkdir(cacheFolder, { recursive: true })
  const folder = await mkdtemp(join(cacheFolder, `bench-${name}-`))
  try {
    return await work(folder)
  } finally {
    await stopEmbeddedPostgres(folder)
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** Process id of the PostgreSQL of a data folder. */
export async function postmasterOf(folder: string): Promise<number> {
  return Number((await readFile(join(folder, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')[0])
}

/** Superuser's address of the PostgreSQL of a data folder, while it runs. */
export async function ownerUrlOf(folder: string): Promise<string> {
  const [port, password] = await Promise.all(
    ['postgres-port', 'postgres-password'].map((file) => readFile(join(folder, file), 'utf8')),
  )
  return `postgresql://horseshoe:${password?.trim()}@127.0.0.1:${port?.trim()}/horseshoe`
}
