// What a tree of the right shape must still keep: one root, every way ends, nothing dangles.
import type { DecisionTree, LeafNode, TreeNode } from '../../contract/decision.ts'
import { jsonPath, type TreeProblem } from './tree-problem.ts'

/** Where a node leads, with the place in the tree that says so. */
interface Way {
  readonly to: string
  readonly path: readonly PropertyKey[]
}

export function checkTree(tree: DecisionTree, functions: readonly string[]): TreeProblem[] {
  const index = new Map<string, number>()
  const problems: TreeProblem[] = []
  for (const [i, node] of tree.nodes.entries()) {
    if (index.has(node.id)) problems.push(problem(['nodes', i, 'id'], `a second node ${node.id}`))
    else index.set(node.id, i)
    if (node.node === 'leaf') problems.push(...checkLeaf(tree, node, i, functions))
  }
  problems.push(...checkWays(tree, index))
  return problems.length > 0 ? problems : checkReach(tree, index)
}

function problem(path: readonly PropertyKey[], reason: string): TreeProblem {
  return { path: jsonPath(path), reason }
}

function checkLeaf(
  tree: DecisionTree,
  leaf: LeafNode,
  index: number,
  functions: readonly string[],
): TreeProblem[] {
  const { act, target, function: wanted } = leaf.outcome
  const at = ['nodes', index, 'outcome']
  const problems: TreeProblem[] = []
  if (!functions.includes(wanted)) {
    problems.push(
      problem([...at, 'function'], `unknown function ${wanted}; there are ${functions.join(', ')}`),
    )
  }
  const owes = act === 'answer' || act === 'escalate'
  if (owes && target === null) problems.push(problem([...at, 'target'], `to ${act} needs a target`))
  if ((act === 'watch' || act === 'ignore') && target !== null) {
    problems.push(problem([...at, 'target'], `to ${act} owes nothing, so it has no target`))
  }
  if (typeof target === 'string' && !Object.hasOwn(tree.targets, target)) {
    problems.push(problem([...at, 'target'], `no target is named ${target}`))
  }
  return problems
}

function checkWays(tree: DecisionTree, index: ReadonlyMap<string, number>): TreeProblem[] {
  const ways = tree.nodes.flatMap((node, i) => waysOf(node, i))
  return [{ to: tree.root, path: ['root'] }, ...ways]
    .filter((way) => !index.has(way.to))
    .map((way) => problem(way.path, `no node is named ${way.to}`))
}

function waysOf(node: TreeNode, index: number): Way[] {
  const at = ['nodes', index]
  if (node.node === 'leaf') return []
  if (node.node === 'branch') {
    return [
      { to: node.to, path: [...at, 'to'] },
      { to: node.otherwise, path: [...at, 'otherwise'] },
    ]
  }
  const branches = node.branches.map((branch, i) => ({ to: branch.to, path: [...at, 'branches', i, 'to'] }))
  return [...branches, { to: node.otherwise, path: [...at, 'otherwise'] }]
}

/** Depth first from the root; a way back onto the path walked is a circle. */
function checkReach(tree: DecisionTree, index: ReadonlyMap<string, number>): TreeProblem[] {
  const onPath = new Set<number>()
  const done = new Set<number>()
  const problems: TreeProblem[] = []
  const root = index.get(tree.root) ?? 0
  const stack: { node: number; ways: Way[] }[] = [enter(tree, root, onPath)]
  for (let top = stack.at(-1); top; top = stack.at(-1)) {
    const way = top.ways.shift()
    if (!way) {
      onPath.delete(top.node)
      done.add(top.node)
      stack.pop()
      continue
    }
    const next = index.get(way.to) ?? 0
    if (onPath.has(next)) problems.push(problem(way.path, `leads in a circle, back to ${way.to}`))
    else if (!done.has(next)) stack.push(enter(tree, next, onPath))
  }
  for (const [i, node] of tree.nodes.entries()) {
    if (!done.has(i)) problems.push(problem(['nodes', i], `no way leads to ${node.id}`))
  }
  return problems
}

function enter(tree: DecisionTree, node: number, onPath: Set<number>): { node: number; ways: Way[] } {
  onPath.add(node)
  const entered = tree.nodes[node]
  return { node, ways: entered ? waysOf(entered, node) : [] }
}
