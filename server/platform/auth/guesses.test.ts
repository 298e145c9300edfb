import { expect, test } from 'vitest'
import { testDoor } from '../../../test/door.ts'

const door = testDoor()
const { browser, makeUser } = door

test('of 60 guesses at once ten are tried, and the owner at a known browser still gets in', async () => {
  await makeUser('maria@example.com')
  const known = browser('198.51.100.1')
  await known.signIn('maria@example.com')
  const answers = await Promise.all(
    Array.from({ length: 60 }, async (_, index) => {
      const answer = await browser(`203.0.113.${index}`).signIn(
        'maria@example.com',
        `wrong guess number ${index}`,
      )
      return answer.status
    }),
  )
  expect(answers.filter((status) => status === 401)).toHaveLength(10)
  expect(answers.filter((status) => status === 429)).toHaveLength(50)
  const right = await browser('203.0.113.200').signIn('maria@example.com')
  expect(right.status).toBe(429)
  expect(Number(right.headers.get('retry-after'))).toBeGreaterThan(3_500)
  known.cookies.delete('horseshoe.session_token')
  expect((await known.signIn('maria@example.com')).status).toBe(200)
  door.api.ahead(3_601_000)
  expect((await browser('203.0.113.200').signIn('maria@example.com')).status).toBe(200)
})

test('a known browser has ten tries too, and its cookie helps with no other account', async () => {
  await makeUser('maria@example.com')
  await makeUser('ben@example.com')
  const known = browser('198.51.100.1')
  await known.signIn('maria@example.com')
  const tries = async (email: string): Promise<number[]> => {
    const statuses: number[] = []
    for (let index = 0; index < 11; index += 1)
      statuses.push((await known.signIn(email, 'wrong again and again')).status)
    return statuses
  }
  expect((await tries('maria@example.com')).at(-1)).toBe(429)
  expect((await tries('ben@example.com')).at(-1)).toBe(429)
  const elsewhere = await browser('198.51.100.2').signIn('ben@example.com')
  expect(elsewhere.status).toBe(429)
})

test('one address cannot try many accounts, whichever of its IPv6 addresses it takes', async () => {
  const statuses: number[] = []
  for (let index = 0; index < 61; index += 1) {
    const page = browser(`2001:db8:1:2::${(index + 1).toString(16)}`)
    statuses.push((await page.signIn(`nobody${index}@example.com`, 'wrong again and again')).status)
  }
  expect(statuses.filter((status) => status === 401)).toHaveLength(60)
  expect(statuses.at(-1)).toBe(429)
})

test('right passwords use up no tries', async () => {
  await makeUser('maria@example.com')
  for (let index = 0; index < 12; index += 1) {
    expect((await browser().signIn('maria@example.com')).status).toBe(200)
  }
})
