import type { DecisionTree, LeafNode, Target, TreeNode } from '../../contract/decision.ts'
import { describeCondition } from './describe-condition.ts'

const acts = {
  answer: 'Answer',
  thank: 'Thank',
  watch: 'Watch',
  ignore: 'Ignore',
  escalate: 'Escalate',
} as const

interface Line {
  readonly depth: number
  readonly text: string
}

/**
 * The tree in sentences, one a line, two blanks for each step down. A part that several ways lead to is
 * written out once, where it first comes up. `tree` has passed `parseTree`.
 */
export function describeTree(tree: DecisionTree): string {
  const nodes = new Map(tree.nodes.map((node) => [node.id, node]))
  const told = new Set<string>()
  const lines: Line[] = []
  const waiting: (Line | { readonly depth: number; readonly nodeId: string })[] = [
    { depth: 0, nodeId: tree.root },
  ]
  for (let item = waiting.pop(); item; item = waiting.pop()) {
    if ('text' in item) {
      lines.push(item)
      continue
    }
    const node = nodes.get(item.nodeId)
    if (!node) continue
    if (node.node === 'leaf') lines.push({ depth: item.depth, text: describeLeaf(tree, node) })
    else if (told.has(node.id)) lines.push({ depth: item.depth, text: `Go on at: ${node.title}` })
    else {
      told.add(node.id)
      waiting.push(...describeNode(node, item.depth).reverse())
    }
  }
  return lines.map((line) => '  '.repeat(line.depth) + line.text).join('\n')
}

function describeNode(
  node: Exclude<TreeNode, LeafNode>,
  depth: number,
): (Line | { readonly depth: number; readonly nodeId: string })[] {
  const title = { depth, text: node.title }
  const otherwise = [
    { depth: depth + 1, text: 'Otherwise:' },
    { depth: depth + 2, nodeId: node.otherwise },
  ]
  if (node.node === 'branch') {
    const when = { depth: depth + 1, text: `If ${describeCondition(node.when)}:` }
    return [title, when, { depth: depth + 2, nodeId: node.to }, ...otherwise]
  }
  const branches = node.branches.flatMap((branch) => [
    { depth: depth + 1, text: `${branch.title}, if ${describeCondition(branch.when)}:` },
    { depth: depth + 2, nodeId: branch.to },
  ])
  return [title, ...branches, ...otherwise]
}

function describeLeaf(tree: DecisionTree, leaf: LeafNode): string {
  const { act, function: onPoint, priority, target } = leaf.outcome
  const head = `${acts[act]}: ${leaf.title} (${onPoint}, ${priority})`
  if (target === null) return `${head}.`
  if (typeof target !== 'string') return `${head}; ${describeTarget(target)}.`
  const named = Object.hasOwn(tree.targets, target) ? tree.targets[target] : undefined
  return named ? `${head}; target ${target}: ${describeTarget(named)}.` : `${head}; target ${target}.`
}

function describeTarget(target: Target): string {
  const parts: string[] = []
  if (target.firstAnswerMinutes !== null) parts.push(`first answer in ${duration(target.firstAnswerMinutes)}`)
  if (target.nextAnswerMinutes !== null) parts.push(`next answers in ${duration(target.nextAnswerMinutes)}`)
  if (target.resolutionMinutes !== null) parts.push(`resolved in ${duration(target.resolutionMinutes)}`)
  if (parts.length === 0) return 'no clock'
  return `${parts.join(', ')}${target.hours === 'business' ? ' of business hours' : ', day and night'}`
}

function duration(minutes: number): string {
  const hours = Math.floor(minutes / 60)
  const rest = minutes % 60
  if (hours === 0) return `${rest} min`
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`
}
