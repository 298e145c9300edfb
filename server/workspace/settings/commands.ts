import type { BusinessHours, FunctionChange, Workspace } from '../../../contract/workspace.ts'
import { inScope, type Db, type Scope } from '../../platform/db/scope.ts'
import { tell } from '../../platform/events/tell.ts'
import type { Platform } from '../../platform/platform.ts'
import { refused } from '../../platform/refused.ts'
import { record } from '../audit/commands.ts'
import { checkFunctions, checkHours, checkTimeZone } from '../check-settings.ts'
import { refuseProblem, type WorkspaceHooks } from '../commands.ts'
import { changeWorkspace, lockWorkspace, setFunctions, type WorkspaceChange } from '../store.ts'
import { readFunctions, readWorkspace } from '../views.ts'

export async function getWorkspace(platform: Platform, scope: Scope): Promise<Workspace> {
  return inScope(platform.database, scope, (db) => existing(db, scope))
}

async function existing(db: Db, scope: Scope): Promise<Workspace> {
  const workspace = await readWorkspace(db, scope.workspaceId)
  if (workspace === null) throw refused('NOT_FOUND')
  return workspace
}

export type WorkspaceUpdate = WorkspaceChange & { readonly functions?: FunctionChange[] | undefined }

export async function updateWorkspace(
  platform: Platform,
  hooks: WorkspaceHooks,
  scope: Scope,
  change: WorkspaceUpdate,
): Promise<Workspace> {
  if (change.timeZone !== undefined) refuseProblem(checkTimeZone(change.timeZone))
  if (change.hours !== undefined) refuseProblem(checkHours(change.hours))
  if (change.functions !== undefined) refuseProblem(checkFunctions(change.functions))
  const after = await inScope(platform.database, scope, async (db) => {
    await lockWorkspace(db, scope.workspaceId)
    const before = await existing(db, scope)
    if (change.functions !== undefined) await replaceFunctions(db, hooks, scope, change.functions)
    await changeWorkspace(db, scope.workspaceId, change)
    const changed = await existing(db, scope)
    await tell(db, scope.workspaceId, { topic: 'workspace.changed' })
    await record(db, scope, {
      action: 'workspace.changed',
      subject: { type: 'workspace', id: scope.workspaceId },
      before: touched(before, change),
      after: touched(changed, change),
    })
    return changed
  })
  forgetSettings(scope.workspaceId)
  platform.auth.forget()
  return after
}

async function replaceFunctions(
  db: Db,
  hooks: WorkspaceHooks,
  scope: Scope,
  functions: readonly FunctionChange[],
): Promise<void> {
  const needed = await hooks.functionsInUse(db, scope.workspaceId)
  const missing = needed.find((key) => !functions.some((item) => item.key === key))
  if (missing !== undefined) {
    const hint = `The decision tree sends cases to ${missing}. Change the tree first.`
    throw refused('CONFLICT', 'function-in-use', hint)
  }
  await setFunctions(db, scope.workspaceId, functions)
}

/** The settings that a change names. */
function touched(workspace: Workspace, change: WorkspaceUpdate): unknown {
  return Object.fromEntries(Object.entries(workspace).filter(([field]) => field in change))
}

/** What the loop needs of a workspace for every batch. */
export interface WorkspaceSettings {
  readonly name: string
  readonly timeZone: string
  readonly hours: BusinessHours
  /** Keys of the functions in use, in their order. */
  readonly functions: readonly string[]
  /** Those of them whose cases find their assignee by themselves. */
  readonly assigning: readonly string[]
}

const settingsMs = 2_000
const settingsKnown = new Map<string, { readonly until: number; readonly settings: WorkspaceSettings }>()

/** Remembered for two seconds; a change made in this process is seen at once. */
export async function workspaceSettings(db: Db, workspaceId: string): Promise<WorkspaceSettings> {
  const now = Date.now()
  const known = settingsKnown.get(workspaceId)
  if (known !== undefined && known.until > now) return known.settings
  const workspace = await readWorkspace(db, workspaceId)
  if (workspace === null) throw refused('NOT_FOUND')
  const { name, timeZone, hours, functions } = workspace
  const assigning = functions.filter(({ autoAssign }) => autoAssign).map(({ key }) => key)
  const settings = { name, timeZone, hours, functions: functions.map(({ key }) => key), assigning }
  if (settingsKnown.size >= 1_000) settingsKnown.clear()
  settingsKnown.set(workspaceId, { until: now + settingsMs, settings })
  return settings
}

function forgetSettings(workspaceId: string): void {
  settingsKnown.delete(workspaceId)
}

/** Keys of the functions in use, straight from the database. */
export async function functionKeys(db: Db, workspaceId: string): Promise<readonly string[]> {
  return (await readFunctions(db, workspaceId)).map(({ key }) => key)
}
