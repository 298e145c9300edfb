import { describe, expect, test } from 'vitest'
import type { ChannelError } from '../../channels/channel.ts'
import { afterAct, mostTries } from './after-act.ts'

const refusal = (error: ChannelError, more = {}) =>
  ({ result: 'refused', error, detail: 'Said why.', ...more }) as const

describe('what follows from an act', () => {
  test('what was done is sent, under the network’s name', () => {
    const acted = { result: 'done', networkId: 'n', detail: 'ok' } as const
    expect(afterAct(acted, 1, 0.5)).toEqual({
      state: 'sent',
      detail: 'ok',
      networkId: 'n',
      otherIds: [],
      waitMs: null,
      holdsConnection: false,
    })
  })

  test('what may have happened is unknown and waits for no next try', () => {
    expect(afterAct({ result: 'unknown', detail: 'cut' }, 1, 0)).toMatchObject({
      state: 'unknown',
      waitMs: null,
    })
    expect(afterAct(refusal('timeout.unknown'), 1, 0)).toMatchObject({ state: 'unknown', waitMs: null })
  })

  test.each(['rate', 'network.down'] as const)(
    '%s is tried again, later each time, then given up',
    (error) => {
      const waits = [1, 2, 3, 4, 5, 6, 7].map((tries) => afterAct(refusal(error), tries, 0.5).waitMs ?? 0)
      expect(waits).toEqual([20, 40, 80, 160, 320, 640, 1280].map((seconds) => seconds * 1000))
      expect(afterAct(refusal(error), mostTries, 0.5)).toMatchObject({ state: 'failed', waitMs: null })
    },
  )

  test('only what is too fast holds up the whole connection', () => {
    expect(afterAct(refusal('rate'), 1, 0.5)).toMatchObject({ holdsConnection: true })
    expect(afterAct(refusal('network.down'), 1, 0.5)).toMatchObject({ holdsConnection: false })
  })

  test.each(['auth.expired', 'auth.revoked'] as const)(
    '%s keeps it for the next sign-in, however often it was tried',
    (error) => {
      const settled = afterAct(refusal(error), mostTries + 10, 0.5)
      expect(settled).toMatchObject({ state: 'queued', holdsConnection: true })
      expect(settled.detail).toContain('signed in again')
    },
  )

  test.each([
    'scope.missing',
    'window.closed',
    'content.rejected',
    'target.gone',
    'target.forbidden',
    'duplicate',
    'contract.violation',
    'bug',
  ] as const)('%s failed', (error) => {
    expect(afterAct(refusal(error), 1, 0.5)).toMatchObject({ state: 'failed', detail: 'Said why.' })
  })

  test('never comes back sooner than the network asks', () => {
    const settled = afterAct(refusal('rate', { retryAfterMs: 90_000 }), 1, 0)
    expect(settled.waitMs).toBe(90_000)
  })
})
