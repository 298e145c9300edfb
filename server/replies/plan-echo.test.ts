import { expect, test } from 'vitest'
import { judgeEcho, type Heard, type OnTheWay } from './plan-echo.ts'

const now = 1_000_000_000

const echo: Heard = {
  id: 'a',
  source: 'bluesky',
  direction: 'out',
  parentExternalId: 'post-1',
  text: 'We are on it.',
  receivedAt: now - 500,
  isKnown: false,
  isParentKnown: true,
}
const answer: Heard = { ...echo, direction: 'in', parentExternalId: 'ours-1', isParentKnown: false }
const sending: OnTheWay = {
  outboxId: 'o',
  engagementId: 'e',
  source: 'bluesky',
  parentExternalId: 'post-1',
  text: 'We are  on it.\n',
  isUnknown: false,
  since: now - 1_000,
}
const unknown: OnTheWay = { ...sending, isUnknown: true }

test.each<[string, Heard, readonly OnTheWay[], string]>([
  ['our words under a name we know are ours', { ...echo, isKnown: true }, [], 'ours'],
  ['our words while nothing is on its way were posted elsewhere', echo, [], 'new'],
  ['our words while an act runs wait for its name', echo, [sending], 'held'],
  ['an act on another network holds nothing', echo, [{ ...sending, source: 'email' }], 'new'],
  ['an act that takes too long holds nothing', echo, [{ ...sending, since: now - 200_000 }], 'new'],
  ['the very words whose fate was unknown prove that they left', echo, [unknown], 'proof'],
  ['other words wait while reading back may tell', { ...echo, text: 'Else' }, [unknown], 'held'],
  ['and are new when it did not', { ...echo, text: 'Else' }, [{ ...unknown, since: now - 400_000 }], 'new'],
  ['a customer’s answer to a name unknown waits while an act runs', answer, [sending], 'held'],
  ['but not to what has a name', { ...answer, isParentKnown: true }, [sending], 'new'],
  ['nor for long', { ...answer, receivedAt: now - 31_000 }, [sending], 'new'],
  ['nor for what is unknown', answer, [unknown], 'new'],
  ['words that answer nothing never wait', { ...answer, parentExternalId: null }, [sending], 'new'],
])('%s', (_title, heard, onTheWay, verdict) => {
  expect(judgeEcho(heard, onTheWay, now).is).toBe(verdict)
})
