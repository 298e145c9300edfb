import { expect, test } from 'vitest'
import { matchIdentity, type Candidate } from './match-identity.ts'

function candidate(
  personId: string,
  email: string | null,
  customerId: string | null,
  createdAt = 1,
): Candidate {
  return { personId, verifiedEmail: email, customerId, createdAt }
}

test('the same customer id is the same person', () => {
  const match = matchIdentity({ verifiedEmail: null, customerId: 'c1' }, [candidate('p', null, 'c1')])
  expect(match).toEqual({ rule: 'same-customer-id', personId: 'p', detail: 'c1' })
})

test('a customer id counts more than an address', () => {
  const known = [candidate('old', 'a@x.org', null, 1), candidate('right', null, 'c1', 2)]
  expect(matchIdentity({ verifiedEmail: 'a@x.org', customerId: 'c1' }, known).personId).toBe('right')
})

test('the same verified address is the same person, the oldest first', () => {
  const known = [candidate('young', 'a@x.org', null, 9), candidate('old', 'a@x.org', null, 1)]
  expect(matchIdentity({ verifiedEmail: 'a@x.org', customerId: null }, known).personId).toBe('old')
})

test('an address never links two customer ids', () => {
  const known = [candidate('p', 'a@x.org', 'c1')]
  expect(matchIdentity({ verifiedEmail: 'a@x.org', customerId: 'c2' }, known).rule).toBe('first-seen')
})

test('a mailbox that many people read links nobody', () => {
  const known = [candidate('p', 'info@x.org', null)]
  expect(matchIdentity({ verifiedEmail: 'info@x.org', customerId: null }, known).rule).toBe('first-seen')
})

test('somebody without evidence is seen for the first time', () => {
  expect(matchIdentity({ verifiedEmail: null, customerId: null }, [candidate('p', null, null)]).rule).toBe(
    'first-seen',
  )
})
