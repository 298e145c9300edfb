import { describe, expect, test } from 'vitest'
import { doorRules } from './doors.ts'
import { habitRules } from './habits.ts'
import { type HouseRule, parse, selfTest } from './rule.ts'
import { tableOwnership } from './table-owners.ts'

describe.each([...doorRules, ...habitRules].map((rule) => ({ rule, name: rule.name })))(
  'house rule "$name"',
  ({ rule }) => {
    test('catches every planted breach and lets every permitted sample pass', () => {
      expect(selfTest(rule)).toEqual([])
    })
  },
)

test('a rule that has gone blind is reported by its own self-test', () => {
  const rule = habitRules[0]
  expect(rule).toBeDefined()
  const blind: HouseRule = { ...rule, breaches: () => [] }
  expect(selfTest(blind)).toHaveLength(rule.planted.length)
})

test('a table written by two slices is reported with both names', () => {
  const files = [
    parse({ path: 'server/cases/store.ts', text: "db.insertInto('cases')" }),
    parse({ path: 'server/replies/store.ts', text: 'sql`update cases set status = 1`' }),
  ]
  expect(tableOwnership(files)).toEqual(['table cases is written by several slices: cases, replies'])
})

test('reading a table, an upsert of its own rows and a row lock make nobody an owner', () => {
  const files = [
    parse({
      path: 'server/cases/store.ts',
      text: 'sql`insert into cases (id) values (1) on conflict do update set a = 1`',
    }),
    parse({
      path: 'server/replies/store.ts',
      text: "db.selectFrom('cases'); sql`select 1 from cases for update of cases`",
    }),
  ]
  expect(tableOwnership(files)).toEqual([])
})
