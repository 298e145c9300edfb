import { expect, test } from 'vitest'
import { openTestNetwork } from '../../test/connections/test-network.ts'
import { openTestPorts } from '../../test/ports.ts'
import type { Channel } from '../channel.ts'
import { verifyAccount } from './verify-account.ts'

const network = openTestNetwork()
const options = { isLive: false, to: null, cursors: {}, key: 'k1', waitMs: 10 }

function open(token: string, more: Partial<Channel> = {}): Channel {
  const link = { id: 'l', account: null, config: { handle: 'acme' }, secrets: { token }, hookUrl: '' }
  const channel = network.plug.open(openTestPorts({ trusted: [] }), { smtp: undefined }, link)
  if (channel === null) throw new Error('not opened')
  return { ...channel, ...more }
}

test('an account that works is checked and heard; nothing is said unless that is asked for', async () => {
  network.reset()
  network.say('Hello')
  network.say('news')
  expect(await verifyAccount(open('good'), options)).toEqual([
    { step: 'check', result: 'ok', detail: 'acme. read' },
    { step: 'capture', result: 'ok', detail: '2 raw events: 1 Create Note in; unknown: poll.vote' },
    { step: 'round trip', result: 'skipped', detail: 'Nothing was said; --live does.' },
  ])
})

test('an account that does not work says why, and nothing else is tried', async () => {
  const steps = await verifyAccount(open('old'), { ...options, isLive: true, to: 'kim' })
  expect(steps).toEqual([
    { step: 'check', result: 'failed', detail: 'needs-reauth: The token is not taken.' },
  ])
})

test('what cannot be understood is a failure, by its name', async () => {
  network.reset()
  network.say('poison')
  const [, captured] = await verifyAccount(open('good'), options)
  expect(captured).toMatchObject({ result: 'failed', detail: expect.stringContaining('post-1: this post') })
})

test('a round trip says something, looks whether it comes back, and says how it ended', async () => {
  network.reset()
  const act: Channel['act'] = async () => {
    network.say('ours', { key: 'made-1' })
    return { result: 'done', networkId: 'made-1', detail: '' }
  }
  const live = { ...options, isLive: true, to: 'kim', waitMs: 5_000 }
  const steps = await verifyAccount(open('good', { act }), live)
  expect(steps.slice(2)).toMatchObject([
    { step: 'round trip', result: 'ok', detail: expect.stringContaining('heard to come back') },
    { step: 'clean up', result: 'skipped' },
  ])
})
