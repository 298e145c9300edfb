import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Condition, DecisionTree } from '../../contract/decision.ts'
import type { DecisionFacts } from './decision-facts.ts'
import { evaluateCondition } from './evaluate-condition.ts'
import { decide } from './evaluate-tree.ts'

const facts: DecisionFacts = {
  engagement: {
    activity: 'Create',
    kind: 'Note',
    direction: 'in',
    visibility: 'public',
    channel: 'twitter',
    isAutomatic: false,
    isAddressedToUs: true,
    text: 'Where is my Refund? I wrote twice.',
  },
  reading: {
    language: 'en',
    sentiment: 'negative',
    probability: 0.82,
    abstain: false,
    labels: ['question', 'complaint'],
  },
  person: {
    memberships: ['VIP'],
    lifecycle: 'customer',
    valueTier: null,
    isNew: false,
    openCases: 2,
    engagementsBefore: 7,
  },
  presence: { handle: 'AcmeHelp', function: 'marketing' },
  thread: { isReply: true, depth: 3, hasOurAnswer: false, authors: 2 },
  time: { isBusinessTime: false, weekday: 7, hour: 23 },
}

const rules: readonly (readonly [Condition, boolean, string])[] = [
  [{ test: 'label', anyOf: ['purchase', 'complaint'] }, true, 'it reads as complaint'],
  [{ test: 'label', anyOf: ['praise'] }, false, 'it reads as question and complaint, not praise'],
  [{ test: 'sentiment', anyOf: ['negative'] }, true, 'it sounds negative'],
  [{ test: 'language', anyOf: ['EN', 'de'] }, true, 'it is written in en'],
  [{ test: 'membership', anyOf: ['vip'] }, true, 'the person belongs to VIP'],
  [{ test: 'lifecycle', anyOf: ['prospect'] }, false, 'the relationship is at customer, not prospect'],
  [{ test: 'value-tier', anyOf: ['high'] }, false, 'the value tier is unknown'],
  [{ test: 'presence', anyOf: ['@acmehelp'] }, true, 'it came to AcmeHelp'],
  [
    { test: 'presence-function', anyOf: ['service', 'sales'] },
    false,
    'our account belongs to marketing, not service or sales',
  ],
  [{ test: 'channel', anyOf: ['twitter'] }, true, 'it came by twitter'],
  [{ test: 'activity', anyOf: ['Like'] }, false, 'the activity is Create, not Like'],
  [{ test: 'kind', anyOf: ['Note', 'Review'] }, true, 'the kind is Note'],
  [{ test: 'visibility', anyOf: ['direct'] }, false, 'it was said public, not direct'],
  [{ test: 'direction', anyOf: ['in'] }, true, 'it goes in'],
  [{ test: 'weekday', anyOf: [6, 7] }, true, 'it is Sunday'],
  [{ test: 'words', anyOf: ['refund', 'chargeback'] }, true, 'the text has the words "refund"'],
  [{ test: 'words', anyOf: ['ref'] }, false, 'the text has none of the words asked for'],
  [{ test: 'abstain', is: true }, false, 'the reading is sure enough of the sentiment'],
  [{ test: 'new-person', is: false }, true, 'the person was heard from before'],
  [{ test: 'reply', is: true }, true, 'it answers something'],
  [{ test: 'our-answer', is: false }, true, 'we have not answered in this thread'],
  [{ test: 'business-time', is: true }, false, 'it came outside business hours'],
  [{ test: 'automatic', is: false }, true, 'a person sent it'],
  [{ test: 'addressed-to-us', is: true }, true, 'it is addressed to us'],
  [{ test: 'probability', min: 0.8 }, true, 'the probability of the sentiment is 0.82'],
  [{ test: 'probability', min: 0.9 }, false, 'the probability of the sentiment is 0.82, not at least 0.9'],
  [{ test: 'open-cases', min: 1, max: 2 }, true, 'the number of open cases is 2'],
  [{ test: 'engagements-before', max: 3 }, false, 'the number of earlier engagements is 7, not at most 3'],
  [{ test: 'depth', min: 3, max: 3 }, true, 'the depth in the thread is 3'],
  [{ test: 'authors', min: 5 }, false, 'the number of persons in the thread is 2, not at least 5'],
  [{ test: 'hour', from: 22, until: 6 }, true, 'the time is between 23:00 and 24:00'],
  [{ test: 'hour', from: 9, until: 18 }, false, 'the time is between 23:00 and 24:00'],
  [{ test: 'hour', from: 23, until: 24 }, true, 'the time is between 23:00 and 24:00'],
]

describe('a condition', () => {
  test.each(rules)('%j is %s, because %s', (condition, holds, reason) => {
    expect(evaluateCondition(condition, facts)).toEqual({ holds, reasons: [reason] })
  })

  const yes: Condition = { test: 'reply', is: true }
  const no: Condition = { test: 'new-person', is: true }

  test('of several that must hold gives all reasons when they do, else the first that fails', () => {
    const all = evaluateCondition({ test: 'all', of: [yes, { test: 'not', of: no }] }, facts)
    expect(all).toEqual({
      holds: true,
      reasons: ['it answers something', 'the person was heard from before'],
    })
    const failing = evaluateCondition({ test: 'all', of: [yes, no] }, facts)
    expect(failing).toEqual({ holds: false, reasons: ['the person was heard from before'] })
  })

  test('of several that may hold gives the first that does, else all reasons', () => {
    expect(evaluateCondition({ test: 'any', of: [no, yes] }, facts)).toEqual({
      holds: true,
      reasons: ['it answers something'],
    })
    expect(evaluateCondition({ test: 'any', of: [no, no] }, facts).reasons).toHaveLength(2)
  })

  test('keeps the laws of logic', () => {
    const condition = fc.letrec<{ any: Condition }>((tie) => ({
      any: fc.oneof(
        { depthSize: 'small' },
        fc.constantFrom(...rules.map(([rule]) => rule)),
        fc.record({
          test: fc.constantFrom('all' as const, 'any' as const),
          of: fc.array(tie('any'), { minLength: 1, maxLength: 3 }),
        }),
        fc.record({ test: fc.constant('not' as const), of: tie('any') }),
      ),
    })).any
    fc.assert(
      fc.property(fc.array(condition, { minLength: 1, maxLength: 4 }), (of) => {
        const negated = of.map((inner): Condition => ({ test: 'not', of: inner }))
        const all = evaluateCondition({ test: 'all', of }, facts)
        const deMorgan = evaluateCondition({ test: 'not', of: { test: 'any', of: negated } }, facts)
        expect(deMorgan).toEqual(all)
        expect(all.holds).toBe(of.every((inner) => evaluateCondition(inner, facts).holds))
        expect(all.reasons.length).toBeGreaterThan(0)
      }),
    )
  })
})

const tree: DecisionTree = {
  format: 1,
  title: 'Small',
  targets: {
    soon: { firstAnswerMinutes: 60, nextAnswerMinutes: 60, resolutionMinutes: null, hours: 'business' },
  },
  root: 'ours',
  nodes: [
    {
      node: 'branch',
      id: 'ours',
      title: 'Is it ours?',
      when: { test: 'direction', anyOf: ['out'] },
      to: 'leave',
      otherwise: 'want',
    },
    {
      node: 'choice',
      id: 'want',
      title: 'What is wanted?',
      branches: [
        { title: 'To buy', when: { test: 'label', anyOf: ['purchase'] }, to: 'sell' },
        { title: 'Help', when: { test: 'label', anyOf: ['complaint'] }, to: 'help' },
      ],
      otherwise: 'leave',
    },
    {
      node: 'leaf',
      id: 'leave',
      title: 'Nothing',
      outcome: { act: 'ignore', function: 'service', priority: 'low', target: null },
    },
    {
      node: 'leaf',
      id: 'sell',
      title: 'Sell',
      outcome: { act: 'answer', function: 'sales', priority: 'normal', target: 'soon' },
    },
    {
      node: 'leaf',
      id: 'help',
      title: 'Help',
      outcome: { act: 'answer', function: 'service', priority: 'high', target: 'soon' },
    },
  ],
}

describe('a decision', () => {
  test('names the leaf, its target, and every question on the way with the facts that counted', () => {
    expect(decide(tree, facts)).toEqual({
      leafId: 'help',
      leafTitle: 'Help',
      act: 'answer',
      function: 'service',
      priority: 'high',
      target: tree.targets['soon'],
      path: [
        { nodeId: 'ours', title: 'Is it ours?', answer: 'no', reasons: ['it goes in, not out'] },
        { nodeId: 'want', title: 'What is wanted?', answer: 'Help', reasons: ['it reads as complaint'] },
      ],
    })
  })

  test('says what spoke against every way when none is taken', () => {
    const praise = { ...facts, reading: { ...facts.reading, labels: ['praise' as const] } }
    expect(decide(tree, praise).path.at(-1)).toEqual({
      nodeId: 'want',
      title: 'What is wanted?',
      answer: 'no',
      reasons: ['it reads as praise, not purchase', 'it reads as praise, not complaint'],
    })
  })

  test('owes nothing where the leaf has no target', () => {
    const ours = { ...facts, engagement: { ...facts.engagement, direction: 'out' as const } }
    expect(decide(tree, ours)).toMatchObject({ act: 'ignore', target: null })
  })

  test('stops with an error on a tree that was never checked', () => {
    const circle = {
      ...tree,
      nodes: tree.nodes.map((node) => (node.node === 'choice' ? { ...node, otherwise: 'ours' } : node)),
    }
    const nothing = { ...facts, reading: { ...facts.reading, labels: [] } }
    expect(() => decide(circle, nothing)).toThrow(/circle/)
    expect(() => decide({ ...tree, root: 'nowhere' }, facts)).toThrow(/no node nowhere/)
  })
})
