import { describe, expect, test } from 'vitest'
import type { CaseStatus } from '../../contract/cases.ts'
import { nextStatus, type StatusTrigger } from './case-status.ts'

const statuses: readonly CaseStatus[] = ['new', 'open', 'pending', 'on-hold', 'resolved']

/** Rows: what happens; columns: the status before, in the order above. `-` is refused. */
const table: readonly (readonly [StatusTrigger, string])[] = [
  [{ what: 'inbound' }, 'new open open open open'],
  [{ what: 'answered', then: 'pending' }, 'pending pending pending pending pending'],
  [{ what: 'answered', then: 'open' }, 'open open open open open'],
  [{ what: 'answered', then: 'resolved' }, 'resolved resolved resolved resolved resolved'],
  [{ what: 'assigned' }, 'open open pending on-hold -'],
  [{ what: 'handed-over' }, 'new open pending on-hold -'],
  [{ what: 'set', to: 'new' }, 'new - - - -'],
  [{ what: 'set', to: 'open' }, 'open open open open open'],
  [{ what: 'set', to: 'pending' }, 'pending pending pending pending -'],
  [{ what: 'set', to: 'on-hold' }, 'on-hold on-hold on-hold on-hold -'],
  [{ what: 'set', to: 'resolved' }, 'resolved resolved resolved resolved resolved'],
]

describe('the status of a case', () => {
  test.each(table)('after %j is, in order: %s', (trigger, expected) => {
    const found = statuses.map((status) => {
      const result = nextStatus(status, trigger)
      return result.ok ? result.status : '-'
    })
    expect(found.join(' ')).toBe(expected)
  })

  test('is said to change only when it does, always with a reason', () => {
    for (const [trigger] of table) {
      for (const status of statuses) {
        const result = nextStatus(status, trigger)
        expect(result.reason).not.toBe('')
        expect(result.ok && result.hasChanged).toBe(result.ok && result.status !== status)
      }
    }
  })
})
