import { sql } from 'kysely'
import type { CaseFilter, CaseRow } from '../../contract/cases.ts'
import { decodeCursor, encodeCursor } from '../platform/db/cursor.ts'
import type { Db } from '../platform/db/scope.ts'
import { conditions, countCases, lookUp, partsOf, type Looker } from './views-filter.ts'
import { isUnread } from './views-unread.ts'
import { rowColumns, rowJoins, toCaseRow, type CaseListRow } from './views.ts'

/** How the list is ordered, and the key by which the next page goes on. What is never due comes last. */
function ordering(sort: CaseFilter['sort']) {
  if (sort === 'due') return { key: sql`coalesce(c.due_at, 'infinity')`, direction: sql`asc`, beyond: sql`>` }
  if (sort === 'newest') return { key: sql`c.last_activity_at`, direction: sql`desc`, beyond: sql`<` }
  return { key: sql`c.last_activity_at`, direction: sql`asc`, beyond: sql`>` }
}

export interface CasePage {
  readonly items: CaseRow[]
  readonly nextCursor: string | null
  readonly total: number
}

export async function listCases(
  db: Db,
  workspaceId: string,
  input: CaseFilter & { readonly cursor?: string | undefined; readonly limit: number },
  looker: Looker,
): Promise<CasePage> {
  const where = conditions(workspaceId, input, looker, await lookUp(db, input))
  const { key, direction, beyond } = ordering(input.sort)
  const after = decodeCursor(input.cursor)
  const page =
    after === null ? sql`` : sql`and (${key}, c.id) ${beyond} (${after.key}::timestamptz, ${after.id}::uuid)`
  const arms = partsOf(input.view)
  const from = sql.join(
    arms.map(
      (part) => sql`(select c.id, ${key} as sort_key from cases c where ${where} and ${part} ${page}
        order by ${key} ${direction}, c.id ${direction} limit ${input.limit + 1})`,
    ),
    sql` union all `,
  )
  const found = await sql<CaseListRow>`
    select ${rowColumns}, ${isUnread(looker.memberId)} as is_unread, k.sort_key::text as sort_key
    from (select * from (${from}) a order by sort_key ${direction}, id ${direction} limit ${input.limit + 1}) k
      join cases c on c.workspace_id = ${workspaceId} and c.id = k.id ${rowJoins}
    order by k.sort_key ${direction}, c.id ${direction}`.execute(db)
  const items = found.rows.slice(0, input.limit)
  const last = found.rows.length > input.limit ? items.at(-1) : undefined
  return {
    items: items.map(toCaseRow),
    nextCursor: last === undefined ? null : encodeCursor(last.sort_key, last.id),
    // A list that ends on its first page needs no counting.
    total: after === null && last === undefined ? items.length : await countCases(db, where, arms),
  }
}
