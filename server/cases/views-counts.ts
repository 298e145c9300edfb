import { sql } from 'kysely'
import type { CaseFilter } from '../../contract/cases.ts'
import type { Db } from '../platform/db/scope.ts'
import { unreadCounts } from './views-unread.ts'
import { countAtMost, countCases, partsOf, viewCondition, type Looker } from './views-filter.ts'

/** How many cases each view and each function holds. */
export async function caseCounts(
  db: Db,
  workspaceId: string,
  looker: Looker & { readonly functions: readonly string[] },
) {
  const walked = await openCounts(db, workspaceId, looker)
  const mentions = await countView(db, workspaceId, 'mentions', looker)
  const resolved = await countView(db, workspaceId, 'resolved', looker)
  const sumOf = (count: (row: OpenCounts) => number): number =>
    Math.min(
      countAtMost,
      walked.reduce((sum, row) => sum + count(row), 0),
    )
  const views = {
    open: sumOf(({ open }) => open),
    mine: sumOf(({ mine }) => mine),
    unassigned: sumOf(({ unassigned }) => unassigned),
    mentions,
    snoozed: sumOf(({ snoozed }) => snoozed),
    resolved,
    all: Math.min(countAtMost, sumOf(({ open, snoozed }) => open + snoozed) + resolved),
  }
  const functions = walked.flatMap(({ key, open, late, isInUse }) => (isInUse ? [{ key, open, late }] : []))
  return { views, unread: await unreadCounts(db, workspaceId, looker), functions }
}

function countView(db: Db, workspaceId: string, view: CaseFilter['view'], looker: Looker): Promise<number> {
  const where = sql`c.workspace_id = ${workspaceId} and ${viewCondition(view, looker)}`
  return countCases(db, where, partsOf(view))
}

interface OpenCounts {
  readonly key: string
  readonly isInUse: boolean
  readonly open: number
  readonly late: number
  readonly mine: number
  readonly unassigned: number
  readonly snoozed: number
}

/** What is not resolved by function, in one walk; functions in use come in their order, also without any case. */
async function openCounts(
  db: Db,
  workspaceId: string,
  { memberId, now }: Looker,
): Promise<readonly OpenCounts[]> {
  const found = await sql<OpenCounts>`
    select coalesce(f.key, c.function_key) as key, coalesce(not f.is_archived, false) as "isInUse",
      coalesce(c.open, 0) as open, coalesce(c.late, 0) as late, coalesce(c.mine, 0) as mine,
      coalesce(c.unassigned, 0) as unassigned, coalesce(c.snoozed, 0) as snoozed
    from (select * from functions where workspace_id = ${workspaceId}) f
      full join (
        select function_key, (count(*) filter (where not asleep))::int as open,
          (count(*) filter (where not asleep and due_at < ${now}))::int as late,
          (count(*) filter (where not asleep and assignee_id = ${memberId}::uuid))::int as mine,
          (count(*) filter (where not asleep and assignee_id is null))::int as unassigned,
          (count(*) filter (where asleep))::int as snoozed
        from (select function_key, due_at, assignee_id, coalesce(snoozed_until > ${now}, false) as asleep
          from cases where workspace_id = ${workspaceId} and status <> 'resolved') o
        group by function_key) c on c.function_key = f.key
    order by f.position, key`.execute(db)
  return found.rows
}
