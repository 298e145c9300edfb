import fc from 'fast-check'
import { expect, test } from 'vitest'
import { safeName, safeType, understand, withMedia } from './understand.ts'

test('whatever a channel makes of an event, only whole engagements go on', () => {
  fc.assert(
    fc.property(fc.array(fc.anything(), { maxLength: 5 }), (activities) => {
      const understood = understand({ activities: activities as never })
      expect(understood.ok).toBe(activities.length === 0)
    }),
  )
})

test('a name is one line without a path, whatever a stranger gave', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (given) => {
      const name = safeName(given)
      expect(name).toMatch(/^[^\p{Cc}\p{Cf}/\\:*?"<>|]+$/u)
      expect(name.length).toBeLessThanOrEqual(120)
      expect(name.startsWith('.')).toBe(false)
    }),
  )
})

test.each([
  ['image/png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], 'image/png'],
  ['text/html', [0xff, 0xd8, 0xff, 0x00], 'image/jpeg'],
  ['image/png', [0x3c, 0x73, 0x76, 0x67], 'application/octet-stream'],
  ['image/svg+xml', [0x3c, 0x73, 0x76, 0x67], 'application/octet-stream'],
  ['text/html', [0x3c], 'application/octet-stream'],
  ['application/pdf; name=x', [0x25], 'application/pdf'],
])('%s with bytes %j is served as %s', (mediaType, bytes, served) => {
  expect(safeType({ mediaType, bytes: Uint8Array.from(bytes) })).toBe(served)
})

test('an engagement refers to at most twenty files', () => {
  const reference = { url: 'https://example.org/a' }
  const understood = understand({
    activities: [
      {
        type: 'Create',
        kind: 'Note',
        source: 'x',
        externalId: '1',
        direction: 'in',
        author: { externalId: 'a' },
        mentions: [],
        visibility: 'public',
        text: '',
        media: [],
        publishedAt: '2026-01-01T00:00:00Z',
        automatic: false,
      },
    ],
  })
  const activity = understood.ok ? understood.meaning.activities[0] : undefined
  expect(
    activity &&
      withMedia(
        activity,
        Array.from({ length: 30 }, () => reference),
      ).media,
  ).toHaveLength(20)
})
