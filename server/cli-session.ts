import { fileURLToPath } from 'node:url'
import { readConfig, type Config } from './config.ts'
import { openLog } from './platform/log.ts'
import { systemScope, type Scope } from './platform/db/scope.ts'
import { startHorseshoe, type Horseshoe } from './start.ts'
import { findWorkspaceByName } from './workspace/index.ts'

/** The settings, or every mistake in them. */
export function configOrThrow(): Config {
  const result = readConfig(process.env)
  if (!result.ok) throw new Error(result.mistakes.join('\n'))
  return result.config
}

/** Opens the installation for one command, beside a server that may be running, and closes it again. */
export async function withHorseshoe<Result>(
  options: { readonly works: boolean },
  work: (horseshoe: Horseshoe) => Promise<Result>,
): Promise<Result> {
  const webFolder = fileURLToPath(new URL('../dist/web', import.meta.url))
  const log = openLog('error')
  const horseshoe = await startHorseshoe({ config: configOrThrow(), log, webFolder, asCommand: options })
  try {
    return await work(horseshoe)
  } finally {
    await horseshoe.stop()
  }
}

/** The scope of somebody who sits at the machine: everything, under a name of its own in the audit trail. */
export async function scopeOfWorkspace(horseshoe: Horseshoe, name: string): Promise<Scope> {
  const found = await findWorkspaceByName(horseshoe.platform, name)
  if (found === 'several') throw new Error(`Several workspaces are called ${name}; use the slug.`)
  if (found === null)
    throw new Error(`There is no workspace ${name}. Make one with: horseshoe workspace create NAME`)
  return systemScope(found.id, 'command line')
}

export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`)
}
