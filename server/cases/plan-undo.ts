import { fieldsOf, type ChangeableCase } from './case-fields.ts'

/** What a change did to a case, as it was kept: values as JSON has them. */
export interface KeptChange {
  readonly before: Readonly<Record<string, unknown>>
  readonly after: Readonly<Record<string, unknown>>
  readonly isUndone: boolean
}

/** Something that happened to the case after the change. */
export interface LaterEvent {
  readonly type: string
  readonly byName: string | null
}

export type UndoPlan =
  | { readonly ok: true; readonly fields: Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly reason: string }

const fieldsByEvent: Readonly<Record<string, readonly string[]>> = {
  status: ['status', 'resolved_at'],
  assigned: ['assignee_id'],
  'handed-over': ['function_key', 'assignee_id'],
  priority: ['priority'],
  snoozed: ['snoozed_until'],
  tags: ['tags'],
}

/** Whether a change can be taken back exactly: what it touched must not have been touched since. */
export function planUndo(state: ChangeableCase, kept: KeptChange, later: readonly LaterEvent[]): UndoPlan {
  if (kept.isUndone) return no('It was taken back before.')
  const touched = new Set(Object.keys(kept.after))
  const event = later.find(({ type }) => (fieldsByEvent[type] ?? []).some((field) => touched.has(field)))
  if (event !== undefined) return no(sayLater(event))
  const now = fieldsOf(state)
  const isSame = [...touched].every((field) => isEqual(now[field], kept.after[field]))
  return isSame ? { ok: true, fields: kept.before } : no('It was changed meanwhile.')
}

function no(reason: string): UndoPlan {
  return { ok: false, reason }
}

function sayLater({ type, byName }: LaterEvent): string {
  if (byName !== null) return `${byName} changed it meanwhile.`
  return type === 'status' ? 'The customer wrote meanwhile.' : 'It was changed meanwhile.'
}

function isEqual(one: unknown, other: unknown): boolean {
  return JSON.stringify(one ?? null) === JSON.stringify(other ?? null)
}
