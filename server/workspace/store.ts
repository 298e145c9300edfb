import type { BusinessHours, CompanyFunction, FunctionChange } from '../../contract/workspace.ts'
import type { Db } from '../platform/db/scope.ts'

export interface NewWorkspace {
  readonly id: string
  readonly slug: string
  readonly name: string
  readonly timeZone: string
  readonly hours: BusinessHours
  readonly functions: readonly CompanyFunction[]
}

/** False where another workspace took the slug meanwhile. */
export async function addWorkspace(db: Db, workspace: NewWorkspace, now: Date): Promise<boolean> {
  const made = await db
    .insertInto('workspaces')
    .values({
      id: workspace.id,
      slug: workspace.slug,
      name: workspace.name,
      time_zone: workspace.timeZone,
      hours: JSON.stringify(workspace.hours),
      created_at: now,
    })
    .onConflict((conflict) => conflict.column('slug').doNothing())
    .executeTakeFirst()
  if (made.numInsertedOrUpdatedRows !== 1n) return false
  await setFunctions(db, workspace.id, workspace.functions)
  return true
}

/** What a function leaves out stays as it is. Functions left out are archived, since cases of the past still name them. */
export async function setFunctions(
  db: Db,
  workspaceId: string,
  functions: readonly FunctionChange[],
): Promise<void> {
  await db
    .updateTable('functions')
    .set({ is_archived: true })
    .where('workspace_id', '=', workspaceId)
    .execute()
  const rows = functions.map(({ key, title }, position) => ({
    workspace_id: workspaceId,
    key,
    title,
    position,
  }))
  await db
    .insertInto('functions')
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(['workspace_id', 'key']).doUpdateSet((eb) => ({
        title: eb.ref('excluded.title'),
        position: eb.ref('excluded.position'),
        is_archived: false,
      })),
    )
    .execute()
  for (const { key, autoAssign, mostOpen } of functions) {
    const fields = {
      ...(autoAssign === undefined ? {} : { auto_assign: autoAssign }),
      ...(mostOpen === undefined ? {} : { most_open: mostOpen }),
    }
    if (Object.keys(fields).length === 0) continue
    const own = db.updateTable('functions').set(fields).where('workspace_id', '=', workspaceId)
    await own.where('key', '=', key).execute()
  }
}

export interface WorkspaceChange {
  readonly name?: string | undefined
  readonly timeZone?: string | undefined
  readonly hours?: BusinessHours | undefined
  readonly contactForm?: { readonly isOpen: boolean; readonly greeting: string } | undefined
}

export async function changeWorkspace(db: Db, workspaceId: string, change: WorkspaceChange): Promise<void> {
  const { name, timeZone, hours, contactForm } = change
  const row = {
    ...(name === undefined ? {} : { name }),
    ...(timeZone === undefined ? {} : { time_zone: timeZone }),
    ...(hours === undefined ? {} : { hours: JSON.stringify(hours) }),
    ...(contactForm === undefined ? {} : { contact_form: JSON.stringify(contactForm) }),
  }
  if (Object.keys(row).length === 0) return
  await db.updateTable('workspaces').set(row).where('id', '=', workspaceId).execute()
}

/** True for the one caller who may load the sample now. */
export async function claimSample(db: Db, workspaceId: string): Promise<boolean> {
  const changed = await db
    .updateTable('workspaces')
    .set({ has_sample: true })
    .where('id', '=', workspaceId)
    .where('has_sample', '=', false)
    .executeTakeFirst()
  return changed.numUpdatedRows === 1n
}

export async function releaseSample(db: Db, workspaceId: string): Promise<void> {
  await db.updateTable('workspaces').set({ has_sample: false }).where('id', '=', workspaceId).execute()
}

/** Holds the settings still until the transaction ends. */
export async function lockWorkspace(db: Db, workspaceId: string): Promise<void> {
  await db.selectFrom('workspaces').select('id').where('id', '=', workspaceId).forUpdate().executeTakeFirst()
}

/** Takes `count` numbers in a row; answers with the first. */
export async function takeCaseNumbers(db: Db, workspaceId: string, count: number): Promise<number> {
  const row = await db
    .updateTable('workspaces')
    .set((eb) => ({ next_case_number: eb('next_case_number', '+', count) }))
    .where('id', '=', workspaceId)
    .returning('next_case_number')
    .executeTakeFirstOrThrow()
  return row.next_case_number - count
}
