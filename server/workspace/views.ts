import { BusinessHours, type FunctionSettings, type Workspace } from '../../contract/workspace.ts'
import { z } from 'zod'
import type { Db } from '../platform/db/scope.ts'

const ContactForm = z.object({ isOpen: z.boolean(), greeting: z.string() })

/** The workspace as its pages see it; null where it was removed meanwhile. */
export async function readWorkspace(db: Db, workspaceId: string): Promise<Workspace | null> {
  const row = await db
    .selectFrom('workspaces')
    .select(['id', 'slug', 'name', 'time_zone', 'hours', 'contact_form', 'has_sample'])
    .where('id', '=', workspaceId)
    .executeTakeFirst()
  if (row === undefined) return null
  return {
    id: row.id,
    slug: row.slug,
    name: row.name,
    timeZone: row.time_zone,
    hours: BusinessHours.parse(row.hours),
    functions: await readFunctions(db, workspaceId),
    contactForm: ContactForm.parse(row.contact_form),
    hasSample: row.has_sample,
  }
}

export async function readFunctions(db: Db, workspaceId: string): Promise<FunctionSettings[]> {
  const rows = await db
    .selectFrom('functions')
    .select(['key', 'title', 'auto_assign', 'most_open'])
    .where('workspace_id', '=', workspaceId)
    .where('is_archived', '=', false)
    .orderBy('position')
    .orderBy('key')
    .limit(100)
    .execute()
  return rows.map((row) => ({
    key: row.key,
    title: row.title,
    autoAssign: row.auto_assign,
    mostOpen: row.most_open,
  }))
}
