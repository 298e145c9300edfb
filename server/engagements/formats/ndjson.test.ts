import { describe, expect, test } from 'vitest'
import { ndjson } from './ndjson.ts'
import { readAll } from './read-all.fixture.ts'

const GOOD = {
  source: 'web',
  externalId: '1',
  direction: 'in',
  author: { externalId: 'ann' },
  text: 'hello',
  publishedAt: '2025-03-04T10:00:00Z',
}

function line(change: object): string {
  return JSON.stringify({ ...GOOD, ...change })
}

test('a line is an engagement as the API takes it, null counts as absent', async () => {
  const { parsed, refused } = await readAll(
    ndjson,
    `${line({ subject: null })}\r\n\n${line({ externalId: '2' })}`,
  )
  expect(refused).toEqual([])
  expect(parsed.map(({ line: at, input }) => [at, input.externalId, input.type])).toEqual([
    [1, '1', 'Create'],
    [3, '2', 'Create'],
  ])
})

test('source, channel and direction are filled in from what was told about the file', async () => {
  const bare = line({ source: undefined, direction: undefined })
  const { parsed } = await readAll(ndjson, bare, { source: 'crm', channel: 'phone', ownHandles: ['ANN'] })
  expect(parsed[0]?.input).toMatchObject({ source: 'crm', channel: 'phone', direction: 'out' })
})

describe('a bad line is refused with a reason, the next is read:', () => {
  test.each([
    ['malformed', '{"source":', /not sound JSON/],
    ['no object', '[1]', /not an object/],
    ['missing field', line({ author: undefined }), /field author is missing/],
    ['wrong field', line({ visibility: 'secret' }), /field visibility is wrong/],
    ['NUL in the text', line({ text: 'a\0b' }), /NUL/],
    ['NUL in an id', line({ externalId: 'a\0b' }), /NUL/],
    [
      'half a character in an id',
      String.raw`${line({ externalId: 'X' }).replace('"X"', '"\\ud800"')}`,
      /surrogate/,
    ],
    ['future', line({ publishedAt: '2031-03-04T10:00:00Z' }), /future/],
    ['unreadable time', line({ publishedAt: 'yesterday' }), /field publishedAt is wrong/],
    ['longer than 1 MiB', line({ text: 'x'.repeat(1_100_000) }), /longer than 1 MiB/],
    ['longer than the contract allows', line({ text: 'x'.repeat(100_001) }), /field text is wrong/],
  ])('%s', async (_, bad, reason) => {
    const { parsed, refused } = await readAll(ndjson, `${bad}\n${line({})}\n`)
    expect(refused.map(({ line: at }) => at)).toEqual([1])
    expect(refused[0]?.reason).toMatch(reason)
    expect(parsed.map(({ line: at }) => at)).toEqual([2])
  })
})

test('half a character in the text is mended and said', async () => {
  const { parsed } = await readAll(ndjson, line({ text: 'X' }).replace('"X"', String.raw`"so sad \ud83d"`))
  expect(parsed[0]?.input.text).toBe('so sad \ufffd')
  expect(parsed[0]?.notices?.[0]?.message).toMatch(/Half characters/)
})

test('a field that is not known is left out and said', async () => {
  const { parsed } = await readAll(ndjson, line({ mood: 'fine' }))
  expect(parsed[0]?.input).not.toHaveProperty('mood')
  expect(parsed[0]?.notices).toEqual([
    { message: 'The field "mood" is not known and was left out.', count: 1 },
  ])
})
