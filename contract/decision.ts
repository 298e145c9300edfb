import { z } from 'zod'
import { ActivityType, Direction, ObjectKind, Visibility } from './engagement.ts'
import { Label, Sentiment } from './reading.ts'
import { FunctionKey } from './workspace.ts'

/** `answer` and `escalate` owe an answer by a target; `thank` may; `watch` and `ignore` owe nothing. */
export const CaseAct = z.enum(['answer', 'thank', 'watch', 'ignore', 'escalate'])
export type CaseAct = z.infer<typeof CaseAct>

export const Priority = z.enum(['urgent', 'high', 'normal', 'low'])
export type Priority = z.infer<typeof Priority>

export const Lifecycle = z.enum(['prospect', 'customer', 'advocate', 'lapsed'])
export type Lifecycle = z.infer<typeof Lifecycle>

/** A year. */
const Minutes = z
  .number()
  .int()
  .min(1)
  .max(366 * 24 * 60)
  .nullable()

/** How soon. Null sets no such clock. `business` minutes count within the workspace's hours only. */
export const Target = z.strictObject({
  firstAnswerMinutes: Minutes,
  nextAnswerMinutes: Minutes,
  resolutionMinutes: Minutes,
  hours: z.enum(['business', 'calendar']),
})
export type Target = z.infer<typeof Target>

const NodeId = z.string().regex(/^[a-z][a-z0-9-]{0,59}$/)
const TargetName = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/)
const Title = z.string().trim().min(1).max(120)

function list<Item extends z.ZodType>(item: Item) {
  return z.array(item).min(1).max(200)
}

function anyOf<Name extends string, Item extends z.ZodType>(name: Name, item: Item) {
  return z.strictObject({ test: z.literal(name), anyOf: list(item) })
}

function flag<Name extends string>(name: Name) {
  return z.strictObject({ test: z.literal(name), is: z.boolean() })
}

function range<Name extends string>(name: Name) {
  return z
    .strictObject({ test: z.literal(name), min: z.number().min(0).optional(), max: z.number().optional() })
    .refine((value) => value.min !== undefined || value.max !== undefined, 'needs min or max')
}

const Name = z.string().trim().min(1).max(120)

/** One fact compared with what is wanted. `anyOf` holds when at least one value is among them. */
export const FactTest = z.discriminatedUnion('test', [
  anyOf('label', Label),
  anyOf('sentiment', Sentiment),
  anyOf('language', z.string().min(2).max(35)),
  anyOf('membership', Name),
  anyOf('lifecycle', Lifecycle),
  anyOf('value-tier', Name),
  anyOf('presence', z.string().min(1).max(512)),
  anyOf('presence-function', FunctionKey),
  anyOf('channel', z.string().min(1).max(64)),
  anyOf('activity', ActivityType),
  anyOf('kind', ObjectKind),
  anyOf('visibility', Visibility),
  anyOf('direction', Direction),
  /** ISO weekday in the workspace's time zone, Monday is 1. */
  anyOf('weekday', z.number().int().min(1).max(7)),
  /** Whole words or phrases, whatever their case; never a pattern. */
  anyOf('words', z.string().trim().min(1).max(100)),
  flag('abstain'),
  flag('new-person'),
  flag('reply'),
  flag('our-answer'),
  flag('business-time'),
  flag('automatic'),
  flag('addressed-to-us'),
  /** Calibrated probability of the sentiment, 0 to 1. */
  range('probability'),
  range('open-cases'),
  range('engagements-before'),
  range('depth'),
  range('authors'),
  /** Whole hours of the workspace's day, from `from` up to and without `until`; may run over midnight. */
  z.strictObject({
    test: z.literal('hour'),
    from: z.number().int().min(0).max(23),
    until: z.number().int().min(1).max(24),
  }),
])
export type FactTest = z.infer<typeof FactTest>

export type Condition =
  | FactTest
  | { test: 'all'; of: Condition[] }
  | { test: 'any'; of: Condition[] }
  | { test: 'not'; of: Condition }

export const Condition: z.ZodType<Condition> = z.lazy(() =>
  z.discriminatedUnion('test', [
    FactTest,
    z.strictObject({ test: z.literal('all'), of: list(Condition) }),
    z.strictObject({ test: z.literal('any'), of: list(Condition) }),
    z.strictObject({ test: z.literal('not'), of: Condition }),
  ]),
)

export const LeafOutcome = z.strictObject({
  act: CaseAct,
  function: FunctionKey,
  priority: Priority,
  /** Name of one of the tree's targets, or one of its own; null where nothing is owed. */
  target: z.union([TargetName, Target]).nullable(),
})
export type LeafOutcome = z.infer<typeof LeafOutcome>

export const BranchNode = z.strictObject({
  node: z.literal('branch'),
  id: NodeId,
  title: Title,
  when: Condition,
  to: NodeId,
  otherwise: NodeId,
})
export type BranchNode = z.infer<typeof BranchNode>

/** Several ways; the first that holds is taken. */
export const ChoiceNode = z.strictObject({
  node: z.literal('choice'),
  id: NodeId,
  title: Title,
  branches: z
    .array(z.strictObject({ title: Title, when: Condition, to: NodeId }))
    .min(1)
    .max(50),
  otherwise: NodeId,
})
export type ChoiceNode = z.infer<typeof ChoiceNode>

export const LeafNode = z.strictObject({
  node: z.literal('leaf'),
  id: NodeId,
  title: Title,
  outcome: LeafOutcome,
})
export type LeafNode = z.infer<typeof LeafNode>

export const TreeNode = z.discriminatedUnion('node', [BranchNode, ChoiceNode, LeafNode])
export type TreeNode = z.infer<typeof TreeNode>

/** Shape only: that it hangs together (no circle, nothing unreachable, ...) is checked when it is saved. */
export const DecisionTree = z.strictObject({
  format: z.literal(1),
  title: Title,
  targets: z.record(TargetName, Target),
  root: NodeId,
  nodes: z.array(TreeNode).min(1).max(500),
})
export type DecisionTree = z.infer<typeof DecisionTree>

/** A node that was asked on the way, what it answered, and the facts that counted. */
export const DecisionStep = z.object({
  nodeId: z.string(),
  title: z.string(),
  /** `yes` or `no` at a branch; the title of the way, or `no` where none was taken, at a choice. */
  answer: z.string(),
  reasons: z.array(z.string()),
})
export type DecisionStep = z.infer<typeof DecisionStep>

export const DecisionPath = z.array(DecisionStep)
export type DecisionPath = z.infer<typeof DecisionPath>
