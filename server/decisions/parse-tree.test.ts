import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { defaultTree } from './default-tree.ts'
import { describeTree } from './describe-tree.ts'
import { parseTree } from './parse-tree.ts'

const functions = ['service', 'community', 'marketing', 'sales', 'pr', 'product']

interface Draft {
  [key: string]: unknown
  nodes: Record<string, unknown>[]
}

function draft(): Draft {
  const outcome = { act: 'answer', function: 'service', priority: 'high', target: 'soon' }
  return {
    format: 1,
    title: 'Small',
    targets: {
      soon: { firstAnswerMinutes: 60, nextAnswerMinutes: null, resolutionMinutes: null, hours: 'business' },
    },
    root: 'first',
    nodes: [
      {
        node: 'branch',
        id: 'first',
        title: 'A complaint?',
        when: { test: 'label', anyOf: ['complaint'] },
        to: 'help',
        otherwise: 'second',
      },
      {
        node: 'choice',
        id: 'second',
        title: 'What else?',
        branches: [{ title: 'A question', when: { test: 'words', anyOf: ['how'] }, to: 'help' }],
        otherwise: 'leave',
      },
      { node: 'leaf', id: 'help', title: 'Help', outcome },
      { node: 'leaf', id: 'leave', title: 'Leave', outcome: { ...outcome, act: 'ignore', target: null } },
    ],
  }
}

function problemsAfter(change: (tree: Draft) => void): readonly { path: string; reason: string }[] {
  const tree = draft()
  change(tree)
  const parsed = parseTree(tree, functions)
  return parsed.ok ? [] : parsed.problems
}

function nodeOf(tree: Draft, index: number): Record<string, unknown> {
  return tree.nodes[index] ?? {}
}

describe('a tree that is saved', () => {
  test('passes when it hangs together', () => {
    expect(parseTree(draft(), functions)).toEqual({ ok: true, tree: draft() })
  })

  const refusals: readonly (readonly [string, (tree: Draft) => void, string, RegExp])[] = [
    [
      'an unknown function',
      (t) =>
        Object.assign(nodeOf(t, 2), {
          outcome: { act: 'answer', function: 'legal', priority: 'low', target: 'soon' },
        }),
      '$.nodes[2].outcome.function',
      /unknown function legal; there are service, /,
    ],
    [
      'a missing target',
      (t) =>
        Object.assign(nodeOf(t, 2), {
          outcome: { act: 'answer', function: 'service', priority: 'low', target: 'later' },
        }),
      '$.nodes[2].outcome.target',
      /no target is named later/,
    ],
    [
      'a target named like an inherited property',
      (t) =>
        Object.assign(nodeOf(t, 2), {
          outcome: { act: 'answer', function: 'service', priority: 'low', target: 'constructor' },
        }),
      '$.nodes[2].outcome.target',
      /no target is named constructor/,
    ],
    [
      'an answer without a target',
      (t) =>
        Object.assign(nodeOf(t, 2), {
          outcome: { act: 'answer', function: 'service', priority: 'low', target: null },
        }),
      '$.nodes[2].outcome.target',
      /needs a target/,
    ],
    [
      'a target where nothing is owed',
      (t) =>
        Object.assign(nodeOf(t, 3), {
          outcome: { act: 'watch', function: 'service', priority: 'low', target: 'soon' },
        }),
      '$.nodes[3].outcome.target',
      /owes nothing/,
    ],
    [
      'a node that no way leads to',
      (t) => t.nodes.push({ ...nodeOf(t, 3), id: 'lost' }),
      '$.nodes[4]',
      /no way leads to lost/,
    ],
    [
      'a circle',
      (t) => Object.assign(nodeOf(t, 1), { otherwise: 'first' }),
      '$.nodes[1].otherwise',
      /in a circle, back to first/,
    ],
    [
      'a way to nowhere',
      (t) => Object.assign(nodeOf(t, 0), { to: 'gone' }),
      '$.nodes[0].to',
      /no node is named gone/,
    ],
    [
      'a root that is not there',
      (t) => Object.assign(t, { root: 'gone' }),
      '$.root',
      /no node is named gone/,
    ],
    [
      'two nodes of one name',
      (t) => t.nodes.push({ ...nodeOf(t, 3) }),
      '$.nodes[4].id',
      /a second node leave/,
    ],
    [
      'an unknown field',
      (t) => Object.assign(nodeOf(t, 0), { colour: 'red' }),
      '$.nodes[0].colour',
      /unknown field/,
    ],
    [
      'an unknown field in a condition',
      (t) => Object.assign(nodeOf(t, 0), { when: { test: 'label', anyOf: ['complaint'], not: true } }),
      '$.nodes[0].when.not',
      /unknown field/,
    ],
    [
      'an unknown test',
      (t) => Object.assign(nodeOf(t, 0), { when: { test: 'moon', is: true } }),
      '$.nodes[0].when.test',
      /./,
    ],
    [
      'an unknown label deep inside',
      (t) =>
        Object.assign(nodeOf(t, 0), {
          when: { test: 'not', of: { test: 'any', of: [{ test: 'label', anyOf: ['anger'] }] } },
        }),
      '$.nodes[0].when.of.of[0].anyOf[0]',
      /complaint/,
    ],
    [
      'an empty list of words',
      (t) => Object.assign(nodeOf(t, 0), { when: { test: 'words', anyOf: [] } }),
      '$.nodes[0].when.anyOf',
      /./,
    ],
    [
      'words of blanks only',
      (t) => Object.assign(nodeOf(t, 0), { when: { test: 'words', anyOf: ['  '] } }),
      '$.nodes[0].when.anyOf[0]',
      /./,
    ],
    [
      'a range without an end',
      (t) => Object.assign(nodeOf(t, 0), { when: { test: 'depth' } }),
      '$.nodes[0].when',
      /needs min or max/,
    ],
    [
      'minutes that are none',
      (t) =>
        Object.assign(t, {
          targets: {
            soon: {
              firstAnswerMinutes: 0,
              nextAnswerMinutes: null,
              resolutionMinutes: null,
              hours: 'business',
            },
          },
        }),
      '$.targets.soon.firstAnswerMinutes',
      /./,
    ],
    [
      'a mistake in a target of its own',
      (t) =>
        Object.assign(nodeOf(t, 2), {
          outcome: {
            act: 'answer',
            function: 'service',
            priority: 'low',
            target: { firstAnswerMinutes: 5, nextAnswerMinutes: 5, resolutionMinutes: 5, hours: 'lunch' },
          },
        }),
      '$.nodes[2].outcome.target.hours',
      /./,
    ],
    ['another format', (t) => Object.assign(t, { format: 2 }), '$.format', /./],
    ['no nodes', (t) => Object.assign(t, { nodes: [] }), '$.nodes', /./],
  ]

  test.each(refusals)('is refused for %s', (_name, change, path, reason) => {
    const problems = problemsAfter(change)
    expect(problems).toContainEqual({ path, reason: expect.stringMatching(reason) })
  })

  test('is refused when it is no tree at all', () => {
    for (const input of [null, 3, 'tree', [], {}]) expect(parseTree(input, functions).ok).toBe(false)
  })

  test('is refused, not fallen over, when it is nested without end', () => {
    let when: unknown = { test: 'reply', is: true }
    for (let i = 0; i < 100_000; i++) when = { test: 'not', of: when }
    const problems = problemsAfter((tree) => Object.assign(nodeOf(tree, 0), { when }))
    expect(problems).toHaveLength(1)
    expect(problems[0]?.reason).toMatch(/nested more than/)
  })

  test('never throws, whatever comes', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (input) => {
        expect(parseTree(input, functions).ok).toBe(false)
      }),
    )
  })

  test('passes as the default, for any functions of a workspace', () => {
    for (const keys of [functions, ['service'], ['care', 'press']]) {
      expect(parseTree(JSON.parse(JSON.stringify(defaultTree(keys))), keys)).toMatchObject({ ok: true })
    }
  })
})

describe('a tree in sentences', () => {
  test('says each question, its ways and its ends, indented by depth', () => {
    const parsed = parseTree(draft(), functions)
    expect(parsed.ok && describeTree(parsed.tree).split('\n')).toEqual([
      'A complaint?',
      '  If it reads as complaint:',
      '    Answer: Help (service, high); target soon: first answer in 1 h of business hours.',
      '  Otherwise:',
      '    What else?',
      '      A question, if the text has the words "how":',
      '        Answer: Help (service, high); target soon: first answer in 1 h of business hours.',
      '      Otherwise:',
      '        Ignore: Leave (service, high).',
    ])
  })

  test('names every node of the default', () => {
    const tree = defaultTree(functions)
    const text = describeTree(tree)
    for (const node of tree.nodes) expect(text).toContain(node.title)
  })

  test('writes a part that several ways lead to once', () => {
    const tree = draft()
    Object.assign(nodeOf(tree, 0), { to: 'second' })
    const parsed = parseTree(tree, functions)
    const text = parsed.ok ? describeTree(parsed.tree) : ''
    expect(text.match(/A question, if/g)).toHaveLength(1)
    expect(text).toContain('Go on at: What else?')
  })
})
