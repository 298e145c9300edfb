import { expect, test } from 'vitest'
import { measureClasses } from './measure-classes.ts'

test('recall, precision and F1 of each class, and their plain means', () => {
  const truth = ['a', 'a', 'a', 'b', 'b', 'c']
  const found = ['a', 'a', 'b', 'b', 'c', 'c']
  const scores = measureClasses(truth, found)
  expect(scores.accuracy).toBeCloseTo(4 / 6)
  expect(scores.macroRecall).toBeCloseTo((2 / 3 + 1 / 2 + 1) / 3)
  expect(scores.perClass.map((one) => [one.name, one.count])).toEqual([
    ['a', 3],
    ['b', 2],
    ['c', 1],
  ])
  expect(scores.perClass[2]).toMatchObject({ precision: 0.5, recall: 1 })
  expect(scores.macroF1).toBeCloseTo((0.8 + 0.5 + 2 / 3) / 3)
})

test('a class that is never found scores zero and breaks nothing', () => {
  expect(measureClasses(['a', 'b'], ['a', 'a']).perClass[1]).toMatchObject({ precision: 0, recall: 0, f1: 0 })
})
