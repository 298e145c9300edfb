import type { TreeVersion } from '../../contract/decisions.ts'
import { inScope, type Db, type Scope } from '../platform/db/scope.ts'
import { tell } from '../platform/events/tell.ts'
import type { Platform } from '../platform/platform.ts'
import { refused } from '../platform/refused.ts'
import { functionKeys, record } from '../workspace/index.ts'
import { defaultTree } from './default-tree.ts'
import { parseTree } from './parse-tree.ts'
import { addTree, lockTrees, treeInForce } from './store.ts'
import { currentTree } from './views.ts'

/** The tree that a new workspace starts with. */
export async function addFirstTree(
  db: Db,
  scope: Scope,
  functions: readonly string[],
  at: Date,
): Promise<void> {
  await addTree(db, scope.workspaceId, {
    version: 1,
    tree: defaultTree(functions),
    by: null,
    byName: null,
    at,
  })
}

/** Functions that leaves of the tree in force name. */
export async function functionsOfTree(db: Db, workspaceId: string): Promise<readonly string[]> {
  const inForce = await treeInForce(db, workspaceId)
  const nodes = inForce?.tree.nodes ?? []
  return [...new Set(nodes.flatMap((node) => (node.node === 'leaf' ? [node.outcome.function] : [])))]
}

/** Reads the tree in full; refuses it with every place and reason, or puts it in force as the next version. */
export async function saveTree(platform: Platform, scope: Scope, input: unknown): Promise<TreeVersion> {
  const { workspaceId, actor } = scope
  return inScope(platform.database, scope, async (db) => {
    await lockTrees(db, workspaceId)
    const parsed = parseTree(input, await functionKeys(db, workspaceId))
    if (!parsed.ok) {
      const places = parsed.problems.map((problem) => `${problem.path}: ${problem.reason}`)
      throw refused('INVALID', 'tree', places.slice(0, 20).join('\n'))
    }
    const before = await treeInForce(db, workspaceId)
    const version = (before?.version ?? 0) + 1
    const by = actor.kind === 'member' ? actor.id : null
    await addTree(db, workspaceId, {
      version,
      tree: parsed.tree,
      by,
      byName: actor.name,
      at: new Date(platform.clock.now()),
    })
    await record(db, scope, {
      action: 'tree.saved',
      subject: { type: 'tree', id: String(version) },
      before: before === null ? null : { version: before.version },
      after: { version, title: parsed.tree.title },
    })
    await tell(db, workspaceId, { topic: 'workspace.changed' })
    const saved = await currentTree(db, workspaceId)
    if (saved === null) throw new Error('a tree that was just saved is missing')
    return saved
  })
}
