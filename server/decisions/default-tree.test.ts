import { describe, expect, test } from 'vitest'
import type { DecisionFacts } from './decision-facts.ts'
import { defaultTree } from './default-tree.ts'
import { decide } from './evaluate-tree.ts'

const functions = ['service', 'community', 'marketing', 'sales', 'pr', 'product']
const tree = defaultTree(functions)

type Given = { readonly [Part in keyof DecisionFacts]?: Partial<DecisionFacts[Part]> }

/** A stranger who says something unremarkable to us in public, on a working day. */
function factsWith(given: Given): DecisionFacts {
  return {
    engagement: {
      activity: 'Create',
      kind: 'Note',
      direction: 'in',
      visibility: 'public',
      channel: 'twitter',
      isAutomatic: false,
      isAddressedToUs: true,
      text: 'hello there',
      ...given.engagement,
    },
    reading: {
      language: 'en',
      sentiment: 'neutral',
      probability: 0.8,
      abstain: false,
      labels: [],
      ...given.reading,
    },
    person: {
      memberships: [],
      lifecycle: null,
      valueTier: null,
      isNew: true,
      openCases: 0,
      engagementsBefore: 0,
      ...given.person,
    },
    presence: { handle: 'acme', function: 'marketing', ...given.presence },
    thread: { isReply: false, depth: 0, hasOurAnswer: false, authors: 1, ...given.thread },
    time: { isBusinessTime: true, weekday: 2, hour: 10, ...given.time },
  }
}

const stories: readonly (readonly [string, Given, string, string, string])[] = [
  ['our own post', { engagement: { direction: 'out' } }, 'ignore', 'community', 'low'],
  [
    'an out-of-office mail',
    { engagement: { isAutomatic: true }, reading: { labels: ['question'] } },
    'ignore',
    'community',
    'low',
  ],
  ['a like', { engagement: { activity: 'Like' } }, 'watch', 'community', 'low'],
  ['noise from a stranger', { reading: { labels: ['noise'] } }, 'ignore', 'community', 'low'],
  [
    'what looks like noise from a customer',
    { reading: { labels: ['noise'] }, person: { lifecycle: 'customer' } },
    'answer',
    'community',
    'low',
  ],
  [
    'what looks like noise and asks something',
    { reading: { labels: ['noise', 'question'] } },
    'answer',
    'service',
    'normal',
  ],
  [
    'a threat of court',
    { engagement: { text: 'You will hear from my lawyer.' } },
    'escalate',
    'pr',
    'urgent',
  ],
  ['a journalist', { engagement: { text: 'Press inquiry: who can comment?' } }, 'answer', 'pr', 'high'],
  ['an urgent complaint', { reading: { labels: ['complaint', 'urgent'] } }, 'answer', 'service', 'urgent'],
  [
    'a complaint on a presence that marketing runs',
    { reading: { labels: ['complaint'] } },
    'answer',
    'service',
    'high',
  ],
  [
    'a complaint of a VIP',
    { reading: { labels: ['complaint'] }, person: { memberships: ['VIP'] } },
    'escalate',
    'service',
    'high',
  ],
  [
    'a complaint with a crowd around it',
    { reading: { labels: ['complaint'] }, thread: { authors: 6 } },
    'escalate',
    'pr',
    'high',
  ],
  [
    'clearly unhappy words without a label',
    { reading: { sentiment: 'negative', probability: 0.9 } },
    'answer',
    'service',
    'high',
  ],
  [
    'words of which the reading is unsure',
    { reading: { sentiment: 'negative', probability: 0.9, abstain: true } },
    'answer',
    'community',
    'low',
  ],
  [
    'somebody who wants to buy',
    { reading: { labels: ['purchase', 'question'] } },
    'answer',
    'sales',
    'normal',
  ],
  [
    'somebody who asks for a price',
    { engagement: { text: 'How much is the blue one?' }, reading: { labels: ['question'] } },
    'answer',
    'sales',
    'normal',
  ],
  [
    'a question about a giveaway',
    { engagement: { text: 'When does the giveaway end?' }, reading: { labels: ['question'] } },
    'answer',
    'marketing',
    'normal',
  ],
  ['a suggestion', { reading: { labels: ['suggestion'] } }, 'answer', 'product', 'normal'],
  ['a question', { reading: { labels: ['question'] } }, 'answer', 'service', 'normal'],
  [
    'a question that cannot wait',
    { reading: { labels: ['question', 'urgent'] } },
    'answer',
    'service',
    'high',
  ],
  ['praise', { reading: { labels: ['praise'], sentiment: 'positive' } }, 'thank', 'community', 'low'],
  [
    'praise of an advocate',
    { reading: { labels: ['praise'] }, person: { lifecycle: 'advocate' } },
    'thank',
    'marketing',
    'normal',
  ],
  ['a private word', { engagement: { visibility: 'direct' } }, 'answer', 'service', 'normal'],
  ['small talk with us', {}, 'answer', 'community', 'low'],
  ['talk among others', { engagement: { isAddressedToUs: false } }, 'watch', 'community', 'low'],
]

describe('the default tree', () => {
  test.each(stories)('takes %s', (_story, given, act, onPoint, priority) => {
    const decision = decide(tree, factsWith(given))
    expect([decision.act, decision.function, decision.priority]).toEqual([act, onPoint, priority])
    expect(decision.path.length).toBeGreaterThan(0)
    for (const step of decision.path) expect(step.reasons.length).toBeGreaterThan(0)
  })

  test('reaches every leaf in these stories, and so every function', () => {
    const reached = new Set(stories.map(([, given]) => decide(tree, factsWith(given)).leafId))
    const leaves = tree.nodes.filter((node) => node.node === 'leaf').map((node) => node.id)
    expect(leaves.filter((leaf) => !reached.has(leaf))).toEqual([])
    const onPoint = new Set(stories.map(([, , , key]) => key))
    expect([...onPoint].sort()).toEqual([...functions].sort())
  })

  test('owes an answer sooner the more it matters', () => {
    const minutes = (given: Given) => decide(tree, factsWith(given)).target?.firstAnswerMinutes ?? Infinity
    const urgent = minutes({ reading: { labels: ['complaint', 'urgent'] } })
    const complaint = minutes({ reading: { labels: ['complaint'] } })
    const question = minutes({ reading: { labels: ['question'] } })
    expect(urgent).toBeLessThan(complaint)
    expect(complaint).toBeLessThan(question)
  })

  test('gives the work of a function that is missing to the first one', () => {
    const small = defaultTree(['care'])
    expect(decide(small, factsWith({ reading: { labels: ['purchase'] } })).function).toBe('care')
    expect(() => defaultTree([])).toThrow(RangeError)
  })

  test('decides ten thousand engagements in under two seconds of its own time', () => {
    const text = 'We waited for an hour and nobody told us anything about the train. '.repeat(4)
    const started = process.threadCpuUsage().user
    for (let i = 0; i < 10_000; i++) decide(tree, factsWith({ engagement: { text: `${i} ${text}` } }))
    expect(process.threadCpuUsage().user - started).toBeLessThan(2_000_000)
  })
})
