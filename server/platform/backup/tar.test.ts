import fc from 'fast-check'
import { expect, test } from 'vitest'
import { blockSize, paddingOf, parseTarHeader, tarHeader } from './tar.ts'

const part = fc
  .string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 20 })
  .filter((text) => !/[/ ]/.test(text))
const path = fc.array(part, { minLength: 1, maxLength: 5 }).map((parts) => parts.join('/'))

test('a header says the path and size that it was made with', () => {
  fc.assert(
    fc.property(path, fc.nat(2 ** 33 - 1), (name, size) => {
      const block = tarHeader(name, size, 1_700_000_000)
      expect(block).toHaveLength(blockSize)
      expect(parseTarHeader(block)).toEqual({ path: name, size })
    }),
  )
})

test('a header with one changed byte is not taken for one', () => {
  const block = tarHeader('tables/public.cases/000001.copy', 4096, 0)
  fc.assert(
    fc.property(fc.nat(blockSize - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
      const changed = Buffer.from(block)
      changed[at] = (changed[at] ?? 0) ^ change
      let parsed: unknown
      try {
        parsed = parseTarHeader(changed)
      } catch {
        return
      }
      // The checksum field may write the same number in another way.
      expect(parsed).toEqual({ path: 'tables/public.cases/000001.copy', size: 4096 })
    }),
  )
})

test('content ends at a whole block', () => {
  for (const size of [0, 1, 511, 512, 513]) expect((size + paddingOf(size)) % blockSize).toBe(0)
})

test('what does not fit is refused, not cut', () => {
  expect(() => tarHeader('x'.repeat(101), 1, 0)).toThrow('too long')
  expect(() => tarHeader('big', 2 ** 33, 0)).toThrow('larger than 8 GiB')
})
