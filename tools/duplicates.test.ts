import { expect, test } from 'vitest'
import { findDuplicates } from './duplicates.ts'

const steps = ['const a = read()', 'const b = a + 1', 'save(b)', 'tell(b)', 'return b']
const body = steps.join('\n')

test('a run of lines that stands in two files is found with both places', () => {
  const found = findDuplicates(
    [
      { path: 'a.ts', text: `start()\n${body}` },
      { path: 'b.ts', text: `other()\nmore()\n${body}` },
    ],
    5,
  )
  expect(found).toEqual([{ first: { path: 'a.ts', line: 2 }, second: { path: 'b.ts', line: 3 }, lines: 5 }])
})

test('spacing, blank lines and comments do not hide a copy', () => {
  const spaced = steps.map((step) => `    ${step}\n\n  // why`).join('\n')
  const found = findDuplicates(
    [
      { path: 'a.ts', text: body },
      { path: 'b.ts', text: spaced },
    ],
    5,
  )
  expect(found).toHaveLength(1)
})

test('a copy within one file is found', () => {
  expect(findDuplicates([{ path: 'a.ts', text: `${body}\nnext()\n${body}` }], 5)).toHaveLength(1)
})

test('shorter runs and equal imports are no duplicates', () => {
  const imports =
    "import a from 'a'\nimport b from 'b'\nimport c from 'c'\nimport d from 'd'\nimport e from 'e'"
  const sources = [
    { path: 'a.ts', text: `${imports}\n${steps.slice(0, 4).join('\n')}\nx()` },
    { path: 'b.ts', text: `${imports}\n${steps.slice(0, 4).join('\n')}\ny()` },
  ]
  expect(findDuplicates(sources, 5)).toEqual([])
})
