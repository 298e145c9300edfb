import { expect, test } from 'vitest'
import type { Clock } from '../../../contract/cases.ts'
import { isCounting } from './clocks.ts'

const dueAt = '2026-01-01T10:00:00Z'
const open = { status: 'open', dueAt } as const

test.each<[string, Clock, { readonly status: 'open' | 'resolved'; readonly dueAt: string | null }, boolean]>([
  ['a running clock counts', { kind: 'first-answer', dueAt, state: 'running' }, open, true],
  ['a clock without a target does not', { kind: 'resolution', dueAt: null, state: 'running' }, open, false],
  ['a paused clock counts', { kind: 'resolution', dueAt, state: 'paused' }, open, true],
  ['a met clock does not', { kind: 'first-answer', dueAt, state: 'met' }, open, false],
  ['late and still unanswered counts', { kind: 'first-answer', dueAt, state: 'missed' }, open, true],
  [
    'missed and answered later does not',
    { kind: 'first-answer', dueAt: '2026-01-01T08:00:00Z', state: 'missed' },
    open,
    false,
  ],
  [
    'a case that is resolved too late is late until it is resolved',
    { kind: 'resolution', dueAt: '2026-01-01T08:00:00Z', state: 'missed' },
    open,
    true,
  ],
  [
    'after that it is a fact',
    { kind: 'resolution', dueAt, state: 'missed' },
    { status: 'resolved', dueAt: null },
    false,
  ],
])('%s', (_title, clock, detail, expected) => {
  expect(isCounting(clock, detail)).toBe(expected)
})
