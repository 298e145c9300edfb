import { fileURLToPath } from 'node:url'
import { readConfig } from '../server/config.ts'
import { openLog } from '../server/platform/log.ts'
import { startHorseshoe, type Horseshoe } from '../server/start.ts'

/** The installation of a data folder in this process, listening to nobody and working on nothing. */
export async function withCommand<Result>(
  folder: string,
  work: (horseshoe: Horseshoe) => Promise<Result>,
): Promise<Result> {
  const read = readConfig({ HORSESHOE_DATA: folder, LOG_LEVEL: 'error' })
  if (!read.ok) throw new Error(read.mistakes.join(' '))
  const webFolder = fileURLToPath(new URL('../dist/web', import.meta.url))
  const horseshoe = await startHorseshoe({
    config: read.config,
    log: openLog('error'),
    webFolder,
    asCommand: { works: false },
  })
  try {
    return await work(horseshoe)
  } finally {
    await horseshoe.stop()
  }
}
