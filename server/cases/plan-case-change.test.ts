import { describe, expect, test } from 'vitest'
import { planCaseChange, type CaseBefore, type CaseChange } from './plan-case-change.ts'

const now = new Date('2026-03-02T10:00:00Z')
const later = new Date('2026-03-03T09:00:00Z')
const before: CaseBefore = {
  status: 'new',
  functionKey: 'service',
  assigneeId: null,
  priority: 3,
  tags: ['vip'],
  snoozedUntil: null,
}

function planned(change: CaseChange, state: Partial<CaseBefore> = {}) {
  const plan = planCaseChange({ ...before, ...state }, change, now)
  if (!plan.ok) throw new Error(plan.hint)
  return plan
}

describe('what a member does to a case', () => {
  test('taking a new case opens it, is a hop and tells the member', () => {
    const plan = planned({ to: 'assign', memberId: 'm1' })
    expect(plan.fields).toMatchObject({ assignee_id: 'm1', status: 'open', wants_assignee: false })
    expect(plan.events.map((event) => event.type)).toEqual(['assigned', 'status'])
    expect(plan).toMatchObject({ hop: { toFunction: 'service', toMember: 'm1' }, tell: 'm1' })
  })

  test('putting a case back leaves its status', () => {
    const plan = planned({ to: 'assign', memberId: null }, { assigneeId: 'm1', status: 'open' })
    expect(plan.fields).toEqual({ assignee_id: null, wants_assignee: false, assign_reason: null })
  })

  test('handing over moves function and assignee together', () => {
    const plan = planned(
      { to: 'hand-over', function: 'product', memberId: null, reason: 'a fault' },
      { assigneeId: 'm1' },
    )
    expect(plan.fields).toMatchObject({ function_key: 'product', assignee_id: null, wants_assignee: true })
    expect(plan.hop).toEqual({ toFunction: 'product', toMember: null, reason: 'a fault' })
  })

  test('resolving sets the instant and ends a snooze; opening again takes it back', () => {
    const done = planned({ to: 'status', status: 'resolved' }, { status: 'open', snoozedUntil: later })
    expect(done.fields).toEqual({ status: 'resolved', resolved_at: now, snoozed_until: null })
    expect(planned({ to: 'status', status: 'open' }, { status: 'resolved' }).fields).toMatchObject({
      resolved_at: null,
    })
  })

  test('what changes nothing plans nothing', () => {
    const same: readonly CaseChange[] = [
      { to: 'assign', memberId: null },
      { to: 'hand-over', function: 'service', memberId: null, reason: '' },
      { to: 'priority', rank: 3 },
      { to: 'snooze', until: null },
      { to: 'tags', tags: ['vip'] },
      { to: 'add-tag', tag: 'vip' },
    ]
    for (const change of same) expect(planned(change).events).toEqual([])
  })

  test('a snooze must end in the future', () => {
    expect(planCaseChange(before, { to: 'snooze', until: now }, now)).toMatchObject({
      ok: false,
      reason: 'past',
    })
  })

  test('a resolved case is neither assigned, handed over nor put aside', () => {
    const changes: readonly CaseChange[] = [
      { to: 'assign', memberId: 'm1' },
      { to: 'hand-over', function: 'product', memberId: null, reason: '' },
      { to: 'snooze', until: later },
    ]
    for (const change of changes) {
      expect(planCaseChange({ ...before, status: 'resolved' }, change, now)).toMatchObject({ ok: false })
    }
  })
})
