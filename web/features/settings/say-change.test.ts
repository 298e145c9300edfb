import { describe, expect, test } from 'vitest'
import { sayChange } from './say-change.ts'

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

  test('cuts long values', () => {
    expect(sayChange(null, 'x'.repeat(500))[0]?.after).toHaveLength(161)
  })
})
