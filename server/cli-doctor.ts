import { resolve } from 'node:path'
import { examine } from './platform/postgres/doctor.ts'
import { configOrThrow, printJson, withHorseshoe } from './cli-session.ts'

/** Exit code 1 where something is wrong. */
export async function doctor(options: { readonly json?: boolean }): Promise<void> {
  const dataDir = resolve(configOrThrow().dataFolder)
  await withHorseshoe({ works: false }, async ({ databaseUrls }) => {
    const checks = await examine({ dataDir, ownerUrl: databaseUrls.owner, appUrl: databaseUrls.app })
    if (options.json === true) printJson(checks)
    else
      for (const check of checks)
        process.stdout.write(`${check.ok ? 'ok ' : 'BAD'}  ${check.name}: ${check.sentence}\n`)
    if (checks.some((check) => !check.ok)) process.exitCode = 1
  })
}
