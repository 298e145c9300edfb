import { expect, test } from 'vitest'
import { readTreeLines } from './tree-lines.ts'

test('the tree in sentences keeps its depth, names and explanations, and tells what is done from what is asked', () => {
  const text =
    'Is it noise?\n  Danger, if the text is "a: b":\n\t\tEscalate: Call (pr, urgent).\n  Otherwise:\n'
  expect(readTreeLines(text)).toEqual([
    { depth: 0, head: 'Is it noise?', rest: '', isLeaf: false },
    { depth: 1, head: 'Danger', rest: ', if the text is "a: b":', isLeaf: false },
    { depth: 2, head: 'Escalate', rest: ': Call (pr, urgent).', isLeaf: true },
    { depth: 1, head: 'Otherwise:', rest: '', isLeaf: true },
  ])
})
