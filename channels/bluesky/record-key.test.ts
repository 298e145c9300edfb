import { expect, test } from 'vitest'
import { recordKey } from './record-key.ts'

const tid = /^[234567abcdefghij][234567abcdefghijklmnopqrstuvwxyz]{12}$/

test('one key is one record, and another key or part another', () => {
  const key = '01990a1c-7c00-7abc-8def-0123456789ab'
  expect(recordKey(key)).toBe(recordKey(key))
  expect(new Set([recordKey(key), recordKey(key, 1), recordKey(`${key}x`), recordKey('')]).size).toBe(4)
})

test('records stand in the order in which their acts were asked for', () => {
  const keys = ['01990a1c-7c00', '01990a1c-7c01', '01990a1c-7d00', '01990a1d-0000']
  const names = keys.map((start) => recordKey(`${start}-7abc-8def-0123456789ab`))
  expect(names).toEqual(names.toSorted())
})

test('every key makes a name that the network takes', () => {
  for (let index = 0; index < 2_000; index += 1) expect(recordKey(`any key ${index}`, index % 7)).toMatch(tid)
})
