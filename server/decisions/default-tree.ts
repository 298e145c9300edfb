// The tree that a new workspace starts with. Whoever needs help goes to those who can help, wherever it was said.
import type { CaseAct, Condition, DecisionTree, Priority, Target, TreeNode } from '../../contract/decision.ts'
import { buyingWords, campaignWords, dangerWords, pressWords, suggestionWords } from './default-words.ts'

const targets: Readonly<Record<string, Target>> = {
  critical: { firstAnswerMinutes: 30, nextAnswerMinutes: 30, resolutionMinutes: 8 * 60, hours: 'calendar' },
  urgent: { firstAnswerMinutes: 30, nextAnswerMinutes: 60, resolutionMinutes: 8 * 60, hours: 'business' },
  help: { firstAnswerMinutes: 60, nextAnswerMinutes: 120, resolutionMinutes: 16 * 60, hours: 'business' },
  standard: {
    firstAnswerMinutes: 240,
    nextAnswerMinutes: 240,
    resolutionMinutes: 24 * 60,
    hours: 'business',
  },
  courtesy: { firstAnswerMinutes: 480, nextAnswerMinutes: 480, resolutionMinutes: null, hours: 'business' },
}

/**
 * `functions`: keys that the workspace has, the first of them taking over from any that is missing.
 * Throws a RangeError where there are none.
 */
export function defaultTree(functions: readonly string[]): DecisionTree {
  const [first] = functions
  if (first === undefined) throw new RangeError('a workspace has at least one function')
  const nodes = [...questions, ...leaves].map((node) => onPointIn(node, functions, first))
  return { format: 1, title: 'Horseshoe default', targets: { ...targets }, root: 'worth-a-look', nodes }
}

function onPointIn(node: TreeNode, functions: readonly string[], first: string): TreeNode {
  if (node.node !== 'leaf' || functions.includes(node.outcome.function)) return node
  return { ...node, outcome: { ...node.outcome, function: first } }
}

const isKnownHere: Condition = {
  test: 'any',
  of: [
    { test: 'lifecycle', anyOf: ['customer', 'advocate', 'lapsed'] },
    { test: 'open-cases', min: 1 },
    { test: 'our-answer', is: true },
  ],
}
const wantsSomething: Condition = {
  test: 'label',
  anyOf: ['question', 'complaint', 'purchase', 'suggestion'],
}
const isUnhappy: Condition = {
  test: 'any',
  of: [
    { test: 'label', anyOf: ['complaint'] },
    {
      test: 'all',
      of: [
        { test: 'sentiment', anyOf: ['negative'] },
        { test: 'probability', min: 0.6 },
        { test: 'abstain', is: false },
      ],
    },
  ],
}
const isInPrivate: Condition = {
  test: 'any',
  of: [
    { test: 'visibility', anyOf: ['direct'] },
    { test: 'kind', anyOf: ['Message', 'Call', 'Visit', 'Letter'] },
  ],
}
const isInPublic: Condition = { test: 'visibility', anyOf: ['public', 'unlisted'] }

const questions: readonly TreeNode[] = [
  {
    node: 'choice',
    id: 'worth-a-look',
    title: 'Is there somebody to answer?',
    branches: [
      { title: 'Our own words', when: { test: 'direction', anyOf: ['out'] }, to: 'leave' },
      { title: 'Sent by a machine', when: { test: 'automatic', is: true }, to: 'leave' },
      {
        title: 'A like, share or follow',
        when: { test: 'activity', anyOf: ['Like', 'Announce', 'Follow', 'Delete'] },
        to: 'notice',
      },
      {
        title: 'Noise from a stranger',
        when: {
          test: 'all',
          of: [
            { test: 'label', anyOf: ['noise'] },
            { test: 'not', of: wantsSomething },
            { test: 'not', of: isKnownHere },
          ],
        },
        to: 'leave-noise',
      },
    ],
    otherwise: 'danger',
  },
  {
    node: 'choice',
    id: 'danger',
    title: 'Does it touch safety, the law or the press?',
    branches: [
      { title: 'Danger', when: { test: 'words', anyOf: [...dangerWords] }, to: 'crisis' },
      {
        title: 'The press',
        when: {
          test: 'any',
          of: [
            { test: 'words', anyOf: [...pressWords] },
            { test: 'membership', anyOf: ['press'] },
          ],
        },
        to: 'press',
      },
    ],
    otherwise: 'trouble',
  },
  {
    node: 'choice',
    id: 'trouble',
    title: 'Is something wrong for this person?',
    branches: [
      {
        title: 'An unhappy person who must not wait',
        when: { test: 'all', of: [isUnhappy, { test: 'label', anyOf: ['urgent'] }] },
        to: 'help-now',
      },
      {
        title: 'An unhappy person with whom we have a special bond',
        when: {
          test: 'all',
          of: [
            isUnhappy,
            {
              test: 'any',
              of: [
                { test: 'membership', anyOf: ['vip', 'dispute', 'beta'] },
                { test: 'value-tier', anyOf: ['high', 'top'] },
                { test: 'lifecycle', anyOf: ['advocate'] },
              ],
            },
          ],
        },
        to: 'help-first',
      },
      {
        title: 'A complaint that others join in public',
        when: { test: 'all', of: [isUnhappy, isInPublic, { test: 'authors', min: 4 }] },
        to: 'calm-crowd',
      },
      { title: 'An unhappy person', when: isUnhappy, to: 'help' },
    ],
    otherwise: 'wish',
  },
  {
    node: 'choice',
    id: 'wish',
    title: 'What does this person want?',
    branches: [
      {
        title: 'To buy',
        when: {
          test: 'any',
          of: [
            { test: 'label', anyOf: ['purchase'] },
            { test: 'words', anyOf: [...buyingWords] },
          ],
        },
        to: 'advise',
      },
      {
        title: 'To take part in what marketing does',
        when: { test: 'words', anyOf: [...campaignWords] },
        to: 'campaign',
      },
      {
        title: 'To see the product better',
        when: {
          test: 'any',
          of: [
            { test: 'label', anyOf: ['suggestion'] },
            { test: 'words', anyOf: [...suggestionWords] },
          ],
        },
        to: 'suggestion',
      },
      {
        title: 'An answer, soon',
        when: { test: 'label', anyOf: ['urgent'] },
        to: 'question-soon',
      },
      { title: 'An answer', when: { test: 'label', anyOf: ['question'] }, to: 'question' },
      { title: 'To say something kind', when: { test: 'label', anyOf: ['praise'] }, to: 'kind-words' },
    ],
    otherwise: 'to-us',
  },
  {
    node: 'branch',
    id: 'kind-words',
    title: 'Does this person speak for us to others?',
    when: {
      test: 'any',
      of: [
        { test: 'lifecycle', anyOf: ['advocate'] },
        { test: 'membership', anyOf: ['influencer', 'ambassador'] },
      ],
    },
    to: 'thank-advocate',
    otherwise: 'thank',
  },
  {
    node: 'choice',
    id: 'to-us',
    title: 'Was it said to us?',
    branches: [
      { title: 'In private, or in person', when: isInPrivate, to: 'private-word' },
      { title: 'To us in public', when: { test: 'addressed-to-us', is: true }, to: 'conversation' },
    ],
    otherwise: 'notice',
  },
]

const leaves: readonly TreeNode[] = [
  leaf('leave', 'Nothing to answer', ['ignore', 'community', 'low']),
  leaf('leave-noise', 'Noise', ['ignore', 'community', 'low']),
  leaf('notice', 'Good to know', ['watch', 'community', 'low']),
  leaf('crisis', 'Call those who decide', ['escalate', 'pr', 'urgent'], 'critical'),
  leaf('press', 'Answer the press', ['answer', 'pr', 'high'], 'urgent'),
  leaf('help-now', 'Help at once', ['answer', 'service', 'urgent'], 'urgent'),
  leaf('help-first', 'Help, and tell whoever knows the person', ['escalate', 'service', 'high'], 'urgent'),
  leaf('calm-crowd', 'Answer all of them, with one voice', ['escalate', 'pr', 'high'], 'urgent'),
  leaf('help', 'Help', ['answer', 'service', 'high'], 'help'),
  leaf('advise', 'Advise', ['answer', 'sales', 'normal'], 'help'),
  leaf('campaign', 'Tell about the campaign', ['answer', 'marketing', 'normal'], 'standard'),
  leaf('suggestion', 'Take up the suggestion', ['answer', 'product', 'normal'], 'courtesy'),
  leaf('question-soon', 'Answer soon', ['answer', 'service', 'high'], 'urgent'),
  leaf('question', 'Answer the question', ['answer', 'service', 'normal'], 'standard'),
  leaf('thank-advocate', 'Thank, and tell the story', ['thank', 'marketing', 'normal'], 'courtesy'),
  leaf('thank', 'Thank', ['thank', 'community', 'low'], 'courtesy'),
  leaf('private-word', 'Answer in person', ['answer', 'service', 'normal'], 'standard'),
  leaf('conversation', 'Keep the conversation going', ['answer', 'community', 'low'], 'courtesy'),
]

type Owed = readonly [act: CaseAct, onPoint: string, priority: Priority]

function leaf(
  id: string,
  title: string,
  [act, onPoint, priority]: Owed,
  target: string | null = null,
): TreeNode {
  return { node: 'leaf', id, title, outcome: { act, function: onPoint, priority, target } }
}
