import { join, resolve } from 'node:path'
import { backupTo } from './platform/backup/backup.ts'
import { restoreFrom } from './platform/backup/restore.ts'
import { askForWaiting } from './waiting-work.ts'
import { configOrThrow, withHorseshoe } from './cli-session.ts'

function filesFolder(): string {
  return join(resolve(configOrThrow().dataFolder), 'files')
}

export async function backup(file: string): Promise<void> {
  await withHorseshoe({ works: false }, async ({ databaseUrls }) => {
    await backupTo(databaseUrls.owner, file, { filesDir: filesFolder() })
    process.stdout.write(
      `Wrote ${file}. Keep the key file beside it, somewhere else: without it, sealed secrets stay sealed.\n`,
    )
  })
}

export async function restore(file: string): Promise<void> {
  await withHorseshoe({ works: false }, async ({ databaseUrls, platform }) => {
    await restoreFrom(databaseUrls.owner, file, { filesDir: filesFolder() })
    await askForWaiting(platform)
    process.stdout.write(`Restored ${file}.\n`)
  })
}
