import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig } from '../server/config.ts'
import { openLog } from '../server/platform/log.ts'
import { startHorseshoe, type Horseshoe } from '../server/start.ts'
import { createTestDatabase } from './database.ts'

export interface WholeServer extends Horseshoe {
  readonly ownerUrl: string
  close(): Promise<void>
}

/** The whole program in this process, web and workers, on a free port and a database of its own. */
export async function startWholeServer(
  settings: Readonly<Record<string, string>> = {},
  webFolder?: string,
): Promise<WholeServer> {
  const made = await createTestDatabase()
  const folder = await mkdtemp(join(tmpdir(), 'horseshoe-whole-'))
  const environment = {
    DATABASE_URL: made.ownerUrl,
    DATABASE_APP_URL: made.appUrl,
    PORT: '0',
    HORSESHOE_DATA: folder,
  }
  const read = readConfig({ ...environment, LOG_LEVEL: 'error', ...settings })
  if (!read.ok) throw new Error(read.mistakes.join(' '))
  const horseshoe = await startHorseshoe({
    config: read.config,
    log: openLog('error'),
    webFolder: webFolder ?? join(folder, 'web'),
  })
  return {
    ...horseshoe,
    ownerUrl: made.ownerUrl,
    async close() {
      await horseshoe.stop()
      await made.drop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
