import { expect, test } from 'vitest'
import { readTreeLines } from './tree-lines.ts'

test('the tree in sentences keeps its depth, and what is done is told from what is asked', () => {
  expect(readTreeLines('Is it noise?\n  yes: ignore\n  no: Is it urgent?\n\tyes: escalate\n')).toEqual([
    { depth: 0, text: 'Is it noise?', isLeaf: false },
    { depth: 1, text: 'yes: ignore', isLeaf: true },
    { depth: 1, text: 'no: Is it urgent?', isLeaf: true },
    { depth: 1, text: 'yes: escalate', isLeaf: true },
  ])
})
