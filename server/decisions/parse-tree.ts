// A tree is read in full when it is saved, and refused with every mistake and its place.
import { DecisionTree } from '../../contract/decision.ts'
import { checkTree } from './check-tree.ts'
import { jsonPath, jsonStep, type TreeProblem } from './tree-problem.ts'

export type ParsedTree =
  | { readonly ok: true; readonly tree: DecisionTree }
  | { readonly ok: false; readonly problems: readonly TreeProblem[] }

const DEEPEST = 40
const MOST_PROBLEMS = 100

/** `functions`: keys of the workspace's functions, the only ones that a leaf may name. */
export function parseTree(input: unknown, functions: readonly string[]): ParsedTree {
  const deep = findTooDeep(input)
  if (deep !== null)
    return { ok: false, problems: [{ path: deep, reason: `nested more than ${DEEPEST} deep` }] }
  const parsed = DecisionTree.safeParse(input)
  const problems = parsed.success
    ? checkTree(parsed.data, functions)
    : parsed.error.issues.flatMap(problemsOf)
  if (parsed.success && problems.length === 0) return { ok: true, tree: parsed.data }
  return { ok: false, problems: problems.slice(0, MOST_PROBLEMS) }
}

interface Issue {
  readonly code?: string | undefined
  readonly path: readonly PropertyKey[]
  readonly message: string
  readonly keys?: readonly string[]
  readonly errors?: readonly (readonly Issue[])[]
}

/** Unknown fields each get a line; of a union that fits nowhere, the alternative that came furthest speaks. */
function problemsOf(issue: Issue): TreeProblem[] {
  const path = jsonPath(issue.path)
  if (issue.code === 'unrecognized_keys') {
    return (issue.keys ?? []).map((key) => ({ path: `${path}${jsonStep(key)}`, reason: 'unknown field' }))
  }
  const furthest = issue.code === 'invalid_union' ? furthestOf(issue.errors ?? []) : []
  if (furthest.length > 0) {
    return furthest.flatMap((inner) => problemsOf({ ...inner, path: [...issue.path, ...inner.path] }))
  }
  return [{ path, reason: issue.message }]
}

function furthestOf(alternatives: readonly (readonly Issue[])[]): readonly Issue[] {
  let furthest: readonly Issue[] = []
  let depth = 0
  for (const issues of alternatives) {
    const reached = Math.max(0, ...issues.map((issue) => issue.path.length + (issue.keys ? 1 : 0)))
    if (reached > depth) [furthest, depth] = [issues, reached]
  }
  return furthest
}

/** Looked at without recursion, so that no input can exhaust the stack. */
function findTooDeep(input: unknown): string | null {
  const waiting: { value: unknown; path: readonly PropertyKey[] }[] = [{ value: input, path: [] }]
  for (let item = waiting.pop(); item; item = waiting.pop()) {
    const { value, path } = item
    if (typeof value !== 'object' || value === null) continue
    if (path.length > DEEPEST) return jsonPath(path)
    const isList = Array.isArray(value)
    for (const [key, inner] of Object.entries(value)) {
      waiting.push({ value: inner, path: [...path, isList ? Number(key) : key] })
    }
  }
  return null
}
