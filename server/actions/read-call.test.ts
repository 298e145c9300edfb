import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readCall } from './read-call.ts'

const now = new Date('2026-05-01T12:00:00Z')

describe('a call of a site', () => {
  test('is what the specification says', () => {
    const raw = {
      type: 'track',
      event: 'Order Completed',
      anonymousId: 'a',
      messageId: 'm',
      properties: { total: 12 },
      context: { page: { url: 'https://shop.example/done' } },
    }
    expect(readCall(raw, null, now)).toMatchObject({
      ok: true,
      call: { type: 'track', name: 'Order Completed', url: 'https://shop.example/done', at: now },
    })
  })

  test('takes its type from the address where it says none', () => {
    expect(readCall({ userId: 'u', name: 'Home' }, 'page', now)).toMatchObject({
      ok: true,
      call: { type: 'page', name: 'Home' },
    })
  })

  test('of a device whose clock is an hour ahead happened when it happened', () => {
    const raw = {
      type: 'page',
      userId: 'u',
      originalTimestamp: '2026-05-01T12:59:50Z',
      sentAt: '2026-05-01T13:00:00Z',
    }
    const read = readCall(raw, null, now)
    expect(read.ok && read.call.at.toISOString()).toBe('2026-05-01T11:59:50.000Z')
  })

  test.each([
    [{ type: 'track', event: 'x' }, 'neither anonymousId nor userId'],
    [{ type: 'track', userId: 'u' }, 'no event'],
    [{ type: 'shout', userId: 'u' }, 'type'],
    [null, ''],
    ['x', ''],
  ])('%j is refused with its reason', (raw, reason) => {
    const read = readCall(raw, null, now)
    expect(read.ok).toBe(false)
    expect(!read.ok && read.reason).toContain(reason)
  })

  test('whatever it is, is read or refused, and never lies in the future', () => {
    const anything = fc.anything({ withNullPrototype: true, withBigInt: false })
    const likely = fc.record(
      {
        type: fc.constantFrom('track', 'page', 'identify', 'alias', 'group'),
        userId: fc.oneof(fc.string(), anything),
        event: fc.oneof(fc.string(), anything),
        traits: anything,
        properties: anything,
        context: anything,
        timestamp: fc.oneof(fc.string(), fc.double(), anything),
        sentAt: anything,
      },
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(fc.oneof(anything, likely), (raw) => {
        const read = readCall(raw, null, now)
        if (read.ok) expect(read.call.at.getTime()).toBeLessThanOrEqual(now.getTime())
      }),
    )
  })
})
