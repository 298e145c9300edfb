import type { CaseRow } from '../../../../contract/cases.ts'
import type { DeskView } from '../desk-search.ts'

export interface CasePage {
  readonly items: readonly CaseRow[]
  readonly nextCursor: string | null
  readonly total: number
}

export type CaseChange = Partial<
  Pick<CaseRow, 'status' | 'assignee' | 'function' | 'priority' | 'snoozedUntil' | 'tags' | 'isUnread'>
>

/**
 * Whether a case that stood in a view still belongs to it after a change. `mentions` and `all` keep theirs:
 * who is named in a note does not change by working on the case.
 */
export function staysIn(view: DeskView, row: CaseRow, memberId: string): boolean {
  const isOpen = row.status !== 'resolved'
  const isSnoozed = row.snoozedUntil !== null
  switch (view) {
    case 'open':
      return isOpen && !isSnoozed
    case 'mine':
      return isOpen && !isSnoozed && row.assignee?.id === memberId
    case 'unassigned':
      return isOpen && !isSnoozed && row.assignee === null
    case 'snoozed':
      return isOpen && isSnoozed
    case 'resolved':
      return !isOpen
    case 'mentions':
    case 'all':
      return true
  }
}

export interface ChangePlan {
  readonly ids: readonly string[]
  readonly change: CaseChange
  readonly view: DeskView
  readonly memberId: string
}

/** The loaded pages as they will be once the change is done: rows changed, those that leave the view gone. */
export function changePages(pages: readonly CasePage[], plan: ChangePlan): CasePage[] {
  const ids = new Set(plan.ids)
  let gone = 0
  const changed = pages.map((page) => {
    const items = page.items
      .map((row) => (ids.has(row.id) ? { ...row, ...plan.change } : row))
      .filter((row) => !ids.has(row.id) || staysIn(plan.view, row, plan.memberId))
    gone += page.items.length - items.length
    return { ...page, items }
  })
  return changed.map((page) => ({ ...page, total: Math.max(0, page.total - gone) }))
}

/** All loaded rows in order; a case that moved between two pages while loading is shown once. */
export function rowsOf(pages: readonly CasePage[]): CaseRow[] {
  const seen = new Set<string>()
  const rows: CaseRow[] = []
  for (const page of pages) {
    for (const row of page.items) {
      if (seen.has(row.id)) continue
      seen.add(row.id)
      rows.push(row)
    }
  }
  return rows
}

export interface Shift {
  /** Rows by which the first visible row moved down (negative: up). */
  readonly rows: number
  /** Cases above it that were not in the list before. */
  readonly arrived: number
}

/** What a reload did above the first visible row, so that the page can hold still and say "3 new". */
export function shiftAbove(before: readonly string[], after: readonly string[], firstVisible: string): Shift {
  const was = before.indexOf(firstVisible)
  const is = after.indexOf(firstVisible)
  if (was < 0 || is < 0) return { rows: 0, arrived: 0 }
  const known = new Set(before)
  const arrived = after.slice(0, is).filter((id) => !known.has(id)).length
  return { rows: is - was, arrived }
}

/** The case to go to when `id` leaves the list: the next one, else the one before, else the first. */
export function neighbourOf(order: readonly string[], id: string): string | null {
  const index = order.indexOf(id)
  if (index < 0) return order[0] ?? null
  return order[index + 1] ?? order[index - 1] ?? null
}
