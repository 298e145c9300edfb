import { expect, test } from 'vitest'
import { countImports } from './count-imports.ts'
import { drawHouse } from './draw-house.ts'

const modules = [
  {
    source: 'server/cases/commands.ts',
    dependencies: [{ resolved: 'server/people/index.ts' }, { resolved: 'lib/result.ts' }],
  },
  { source: 'server/cases/store.ts', dependencies: [{ resolved: 'server/people/index.ts' }] },
  { source: 'server/cases/commands.test.ts', dependencies: [{ resolved: 'server/people/index.ts' }] },
  { source: 'server/people/index.ts', dependencies: [{ resolved: 'server/people/store.ts' }] },
  { source: 'server/people/store.ts', dependencies: [{ resolved: 'node_modules/kysely/index.js' }] },
  { source: 'lib/result.ts', dependencies: [] },
]

test('imports are counted between rooms; those within a room, of packages and of tests are not', () => {
  const { files, imports } = countImports(modules)
  expect([...imports]).toEqual([
    ['cases>people', 2],
    ['cases>lib', 1],
  ])
  expect(files.get('cases')).toBe(2)
})

test('the picture names each slice that exists, and no other', () => {
  const picture = drawHouse(countImports(modules))
  expect(picture).toContain('>cases<')
  expect(picture).toContain('>people<')
  expect(picture).not.toContain('>journeys<')
})

test('the same imports give the same picture, in whatever order they were read', () => {
  expect(drawHouse(countImports(modules.toReversed()))).toBe(drawHouse(countImports(modules)))
})
