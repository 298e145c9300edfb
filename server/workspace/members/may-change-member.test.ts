import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Role } from '../../../contract/policy.ts'
import { mayChangeMember } from './may-change-member.ts'

const roles = fc.constantFrom(...Role.options)
const active = (role: Role) => ({ role, isActive: true })
const rank = (role: Role): number => Role.options.indexOf(role)

test('an admin neither makes owners nor touches them', () => {
  expect(mayChangeMember('admin', active('agent'), { role: 'owner' }, 1)).toBe('above-own-role')
  expect(mayChangeMember('admin', active('owner'), { role: 'agent' }, 2)).toBe('above-own-role')
  expect(mayChangeMember('admin', active('owner'), { isActive: false }, 2)).toBe('above-own-role')
  expect(mayChangeMember('admin', active('admin'), { role: 'viewer' }, 1)).toBe('yes')
})

test('the last owner stays owner and active', () => {
  expect(mayChangeMember('owner', active('owner'), { role: 'admin' }, 1)).toBe('last-owner')
  expect(mayChangeMember('owner', active('owner'), { isActive: false }, 1)).toBe('last-owner')
  expect(mayChangeMember('owner', active('owner'), { role: 'owner' }, 1)).toBe('yes')
  expect(mayChangeMember('owner', active('owner'), { role: 'admin' }, 2)).toBe('yes')
  expect(mayChangeMember('owner', { role: 'owner', isActive: false }, { role: 'agent' }, 1)).toBe('yes')
})

test('whoever is allowed a change stands at least as high as the role before and after', () => {
  fc.assert(
    fc.property(roles, roles, roles, fc.boolean(), (by, before, role, isActive) => {
      if (mayChangeMember(by, active(before), { role, isActive }, 5) !== 'yes') return
      expect(rank(by)).toBeLessThanOrEqual(Math.min(rank(before), rank(role)))
      expect(['owner', 'admin']).toContain(by)
    }),
  )
})
