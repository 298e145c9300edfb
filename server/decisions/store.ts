import { sql } from 'kysely'
import { DecisionTree } from '../../contract/decision.ts'
import type { PassedDecision } from '../engagements/index.ts'
import { insertRows } from '../platform/db/rows.ts'
import type { Db } from '../platform/db/scope.ts'

export interface TreeInForce {
  readonly version: number
  readonly tree: DecisionTree
}

/** The newest version; null before the first one was saved. */
export async function treeInForce(db: Db, workspaceId: string): Promise<TreeInForce | null> {
  const row = await db
    .selectFrom('decision_trees')
    .select(['version', 'tree'])
    .where('workspace_id', '=', workspaceId)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row === undefined ? null : { version: row.version, tree: DecisionTree.parse(row.tree) }
}

export async function addTree(
  db: Db,
  workspaceId: string,
  saved: {
    readonly version: number
    readonly tree: DecisionTree
    readonly by: string | null
    readonly byName: string | null
    readonly at: Date
  },
): Promise<void> {
  await db
    .insertInto('decision_trees')
    .values({
      workspace_id: workspaceId,
      version: saved.version,
      title: saved.tree.title,
      tree: JSON.stringify(saved.tree),
      saved_by: saved.by,
      saved_by_name: saved.byName,
      saved_at: saved.at,
    })
    .execute()
}

export interface NewDecision {
  readonly engagementId: string
  readonly caseId: string | null
  readonly decision: PassedDecision
  readonly at: Date
}

export async function addDecisions(
  db: Db,
  workspaceId: string,
  decisions: readonly NewDecision[],
): Promise<void> {
  const rows = decisions.map(({ engagementId, caseId, decision, at }) => ({
    workspace_id: workspaceId,
    id: decision.id,
    engagement_id: engagementId,
    case_id: caseId,
    tree_version: decision.treeVersion,
    leaf: decision.leafTitle,
    act: decision.act,
    function_key: decision.function,
    priority: decision.priority,
    path: decision.path,
    at,
  }))
  await insertRows(db, 'decisions', rows)
}

export interface PersonFacts {
  readonly memberships: readonly string[]
  readonly lifecycle: string
  readonly inbound: number
  readonly openCases: number
}

/** What the tree may ask about persons. */
export async function personFacts(
  db: Db,
  workspaceId: string,
  personIds: readonly string[],
): Promise<ReadonlyMap<string, PersonFacts>> {
  if (personIds.length === 0) return new Map()
  const found = await sql<{
    id: string
    memberships: string[]
    lifecycle: string
    inbound: number
    open_cases: number
  }>`
    select p.id, p.memberships, p.lifecycle, p.inbound,
      (select count(*)::int from cases c where c.workspace_id = p.workspace_id and c.person_id = p.id
        and c.status <> 'resolved') as open_cases
    from persons p where p.workspace_id = ${workspaceId} and p.id = any(${personIds}::uuid[])`.execute(db)
  return new Map(found.rows.map((row) => [row.id, { ...row, openCases: row.open_cases }]))
}

export interface ThreadMember {
  readonly id: string
  readonly threadId: string
  readonly parentId: string | null
  readonly isOurs: boolean
  readonly isAutomatic: boolean
  readonly personId: string | null
  readonly at: Date
}

/** What already stands in these threads. */
export async function threadMembers(
  db: Db,
  workspaceId: string,
  threadIds: readonly string[],
): Promise<readonly ThreadMember[]> {
  if (threadIds.length === 0) return []
  const found = await sql<{
    id: string
    thread_id: string
    parent_id: string | null
    direction: string
    is_automatic: boolean
    person_id: string | null
    published_at: Date
  }>`
    select id, thread_id, parent_id, direction, is_automatic, person_id, published_at from engagements
    where workspace_id = ${workspaceId} and thread_id = any(${threadIds}::uuid[])`.execute(db)
  return found.rows.map((row) => ({
    id: row.id,
    threadId: row.thread_id,
    parentId: row.parent_id,
    isOurs: row.direction === 'out',
    isAutomatic: row.is_automatic,
    personId: row.person_id,
    at: row.published_at,
  }))
}

export interface PresenceFacts {
  readonly handle: string
  readonly functionKey: string | null
}

export async function presenceFacts(
  db: Db,
  workspaceId: string,
): Promise<ReadonlyMap<string, PresenceFacts>> {
  const found = await db
    .selectFrom('presences')
    .select(['id', 'handle', 'function_key'])
    .where('workspace_id', '=', workspaceId)
    .execute()
  return new Map(found.map((row) => [row.id, { handle: row.handle, functionKey: row.function_key }]))
}

/** Two who save at once get their versions one after the other. */
export async function lockTrees(db: Db, workspaceId: string): Promise<void> {
  await sql`select id from workspaces where id = ${workspaceId} for update`.execute(db)
}
