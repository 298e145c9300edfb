import { expect, test } from 'vitest'
import { grantableRoles, Role } from '../../../contract/policy.ts'
import { rolesToGive } from './roles.ts'

test.each(Role.options)('the page offers a %s exactly the roles that the policy table grants', (role) => {
  expect(rolesToGive(role)).toEqual(grantableRoles(role))
})
