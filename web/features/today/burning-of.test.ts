import { expect, test } from 'vitest'
import { burningOf } from './burning-of.ts'

const calm = { burning: { late: 0, soon: 0, unassigned: 0, unsent: 0 }, changes: [] }
const presence = { id: 'p', channel: 'email', handle: 'h', name: 'Care' }

test('nothing burns where nothing is late, lost, cut off or rising', () => {
  expect(burningOf(calm, [{ id: 'c', state: 'live', presence }])).toEqual([])
})

test('what is late comes first, then what is cut off, each with the way to its records', () => {
  const flames = burningOf({ ...calm, burning: { late: 3, soon: 2, unassigned: 1, unsent: 1 } }, [
    { id: 'c', state: 'needs-reauth', presence },
  ])
  expect(flames.map(({ kind, search }) => [kind, search])).toEqual([
    ['late', { late: 'yes' }],
    ['connections', { open: 'p' }],
    ['unsent', { unsent: 'yes' }],
    ['soon', { soon: 'yes' }],
    ['unassigned', { view: 'unassigned', waiting: 'yes' }],
  ])
})

test('complaints that rise are an alarm, praise that rises is none, nor is a handful', () => {
  const change = { now: 30, expected: 12, ratio: 2.5 }
  const of = (label: string, now = 30) => burningOf({ ...calm, changes: [{ label, ...change, now }] }, [])
  expect(of('complaint')).toMatchObject([{ kind: 'change', figure: '+150%' }])
  expect(of('praise')).toEqual([])
  expect(of('complaint', 4)).toEqual([])
})
