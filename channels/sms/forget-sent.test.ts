import { expect, test } from 'vitest'
import { openTestPorts } from '../../test/ports.ts'
import { command } from '../conformance/check.ts'
import { readBack, send, type Centre } from './send-sms.ts'

const day = 86_400_000

test('what became of a message is known for thirty days, and forgotten after', async () => {
  let now = Date.UTC(2026, 0, 1)
  const real = openTestPorts({ trusted: [], now: () => now })
  const fetch = async () => ({
    status: 202,
    headers: {},
    body: Buffer.from('0: Accepted for delivery'),
    url: '',
  })
  const ports = { ...real, http: { ...real.http, fetch } }
  const centre: Centre = {
    ports,
    url: 'http://kannel.example/cgi-bin/sendsms',
    user: 'u',
    password: 'p',
    sender: '4915',
    reportUrl: 'http://desk.example/h?k=1',
  }
  const target = {
    address: '+49160',
    parentExternalId: null,
    earlierExternalIds: [],
    subject: null,
    visibility: 'direct' as const,
    lastHeardAt: now,
    answersSince: 0,
    isSummoned: false,
    isParentGone: false,
    isOptedOut: false,
  }
  const say = (key: string) => send(centre, command('reply', target, 'Hello'), key)
  expect(await say('first')).toMatchObject({ result: 'done' })
  now += 29 * day
  await Promise.all(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'p', '0', '@'].map((end) => say(`near-${end}`)))
  expect(await readBack(ports, 'first')).toEqual({ networkId: 'first' })
  now += 2 * day
  await Promise.all(['p', '0', '@'].map((end) => say(`far-${end}`)))
  expect(await readBack(ports, 'first')).toBe('absent')
  expect(await readBack(ports, 'near-a')).toEqual({ networkId: 'near-a' })
})
