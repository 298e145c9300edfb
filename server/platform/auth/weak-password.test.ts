import { expect, test } from 'vitest'
import { isWeakPassword } from './weak-password.ts'

test.each([
  'aaaaaaaaaaaa',
  'abcabcabcabc',
  'password1234',
  'Passw0rd2026!',
  'P@ssw0rd!!!!',
  '123456789012',
  'qwertyuiop12',
  '1q2w3e4r5t6y',
  'Welcome2026!',
  'LetMeInNow123',
  'horseshoe2026',
  'Summer2026!!',
  'changeme1234',
])('%s is refused as too easy', (password) => {
  expect(isWeakPassword(password)).toBe(true)
})

test.each([
  'correct horse battery staple',
  'vogelbeere unter glas',
  'x7Kq-92mv-Lp0w',
  'Тихий омут 2026',
  '長い合言葉を使いましょう本当に',
  'dolphin-ladder-42',
])('%s is accepted', (password) => {
  expect(isWeakPassword(password)).toBe(false)
})

test('a password made of the own name and address is refused', () => {
  const known = ['Maria Lindqvist', 'maria.lindqvist@example.com']
  expect(isWeakPassword('MariaLindqvist1', known)).toBe(true)
  expect(isWeakPassword('MariaLindqvist1', [])).toBe(false)
})
