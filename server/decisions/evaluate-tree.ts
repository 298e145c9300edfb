import type {
  CaseAct,
  DecisionPath,
  DecisionStep,
  DecisionTree,
  LeafNode,
  Priority,
  Target,
  TreeNode,
} from '../../contract/decision.ts'
import type { DecisionFacts } from './decision-facts.ts'
import { evaluateCondition } from './evaluate-condition.ts'

export interface Decision {
  readonly leafId: string
  readonly leafTitle: string
  readonly act: CaseAct
  readonly function: string
  readonly priority: Priority
  /** The target itself, looked up by name where the leaf names one. */
  readonly target: Target | null
  readonly path: DecisionPath
}

/** `tree` has passed `parseTree`: every way ends at a leaf. */
export function decide(tree: DecisionTree, facts: DecisionFacts): Decision {
  const nodes = nodesById(tree)
  const path: DecisionStep[] = []
  let nodeId = tree.root
  for (let steps = 0; steps <= tree.nodes.length; steps++) {
    const node = nodes.get(nodeId)
    if (!node) throw new Error(`decision tree: no node ${nodeId}`)
    if (node.node === 'leaf') return decisionOf(tree, node, path)
    const { step, next } = ask(node, facts)
    path.push(step)
    nodeId = next
  }
  throw new Error(`decision tree: goes in a circle at ${nodeId}`)
}

interface Asked {
  readonly step: DecisionStep
  readonly next: string
}

function ask(node: Exclude<TreeNode, LeafNode>, facts: DecisionFacts): Asked {
  const { id: nodeId, title } = node
  if (node.node === 'branch') {
    const { holds, reasons } = evaluateCondition(node.when, facts)
    const step = { nodeId, title, answer: holds ? 'yes' : 'no', reasons: [...reasons] }
    return { step, next: holds ? node.to : node.otherwise }
  }
  const against: string[] = []
  for (const branch of node.branches) {
    const { holds, reasons } = evaluateCondition(branch.when, facts)
    if (holds)
      return { step: { nodeId, title, answer: branch.title, reasons: [...reasons] }, next: branch.to }
    against.push(...reasons)
  }
  const reasons = [...new Set(against)]
  return { step: { nodeId, title, answer: 'no', reasons }, next: node.otherwise }
}

function decisionOf(tree: DecisionTree, leaf: LeafNode, path: DecisionPath): Decision {
  const { act, priority, target } = leaf.outcome
  const resolved = typeof target === 'string' ? namedTarget(tree, target) : target
  return {
    leafId: leaf.id,
    leafTitle: leaf.title,
    act,
    function: leaf.outcome.function,
    priority,
    target: resolved,
    path,
  }
}

function namedTarget(tree: DecisionTree, name: string): Target | null {
  return Object.hasOwn(tree.targets, name) ? (tree.targets[name] ?? null) : null
}

const indexes = new WeakMap<DecisionTree, ReadonlyMap<string, TreeNode>>()

function nodesById(tree: DecisionTree): ReadonlyMap<string, TreeNode> {
  const known = indexes.get(tree)
  if (known) return known
  const index = new Map(tree.nodes.map((node) => [node.id, node]))
  indexes.set(tree, index)
  return index
}
