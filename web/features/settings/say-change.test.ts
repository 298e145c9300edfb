import { describe, expect, test } from 'vitest'
import { sayAction, sayChange } from './say-change.ts'

describe('an entry of the audit trail', () => {
  test('shows only what differs', () => {
    expect(sayChange({ role: 'agent', name: 'Ann' }, { role: 'admin', name: 'Ann' })).toEqual([
      { name: 'role', before: 'agent', after: 'admin' },
    ])
  })

  test('shows what was made and what was removed', () => {
    expect(sayChange(null, { name: 'Key' })).toEqual([{ name: 'name', before: undefined, after: 'Key' }])
    expect(sayChange({ name: 'Key' }, null)).toEqual([{ name: 'name', before: 'Key', after: undefined }])
  })

  test('says ids by their names, fields as words, and nothing of what is empty', () => {
    const after = { id: 'x', assignee_id: 'm1', isOpen: true, functions: [], tags: ['vip', 'm1'] }
    expect(sayChange({ assignee_id: 'm2' }, after, { m1: 'Ann' })).toEqual([
      { name: 'assignee', before: 'm2', after: 'Ann' },
      { name: 'is open', before: undefined, after: 'yes' },
      { name: 'tags', before: undefined, after: 'vip, Ann' },
    ])
    expect(sayAction('case.handed-over')).toBe('Case handed over')
  })

  test('cuts long values', () => {
    expect(sayChange(null, 'x'.repeat(500))[0]?.after).toHaveLength(161)
  })
})
