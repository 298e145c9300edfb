import { DecisionTree } from '../../contract/decision.ts'
import type { TreeVersion } from '../../contract/decisions.ts'
import type { Db } from '../platform/db/scope.ts'
import { describeTree } from './describe-tree.ts'

export async function currentTree(db: Db, workspaceId: string): Promise<TreeVersion | null> {
  const row = await db
    .selectFrom('decision_trees')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (row === undefined) return null
  const tree = DecisionTree.parse(row.tree)
  const { version, title, saved_by_name: savedBy, saved_at: savedAt } = row
  return { version, title, savedBy, savedAt: savedAt.toISOString(), text: describeTree(tree), tree }
}

export async function treeVersions(db: Db, workspaceId: string) {
  const rows = await db
    .selectFrom('decision_trees')
    .select(['version', 'title', 'saved_by_name', 'saved_at'])
    .where('workspace_id', '=', workspaceId)
    .orderBy('version', 'desc')
    .limit(200)
    .execute()
  return rows.map((row) => ({
    version: row.version,
    title: row.title,
    savedBy: row.saved_by_name,
    savedAt: row.saved_at.toISOString(),
  }))
}
