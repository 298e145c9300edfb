import { describe, expect, test } from 'vitest'
import { loadReader } from './read-text.ts'
import { readNdjson } from './read-stream.ts'

const read = loadReader()

async function run(...chunks: readonly (string | Uint8Array)[]) {
  const lines: string[] = []
  const errors: string[] = []
  const counts = await readNdjson(
    (async function* () {
      yield* chunks
    })(),
    (line) => void lines.push(line),
    { read, onError: (line, reason) => errors.push(`${line}: ${reason}`) },
  )
  return { answers: lines.map((line) => JSON.parse(line) as Record<string, unknown>), lines, errors, counts }
}

test('a line in gives a line out, with the same id', async () => {
  const { answers } = await run(
    '{"id":"a","text":"Thank you so much, great service!"}\n{"id":7,"text":"why is my flight late?"}',
  )
  expect(answers.map((answer) => [answer['id'], answer['language'], answer['sentiment']])).toEqual([
    ['a', 'en', 'positive'],
    [7, 'en', 'negative'],
  ])
  expect(Object.keys(answers[0] ?? {})).toEqual([
    'id',
    'language',
    'sentiment',
    'probability',
    'abstain',
    'labels',
    'reasons',
  ])
  expect(answers[1]?.['labels']).toContain('question')
})

test('a bad line is reported with its number and the others go on', async () => {
  const { answers, errors, counts } = await run(
    '{"id":1,"text":"a"}\n\nnope\n{"id":2}\n{"text":"b"}\n[]\n{"id":3,"text":"c"}\r\n',
  )
  expect(answers.map((answer) => answer['id'])).toEqual([1, 3])
  expect(errors).toEqual([
    '3: not JSON',
    '4: needs "id" (string or number) and "text" (string)',
    '5: needs "id" (string or number) and "text" (string)',
    '6: needs "id" (string or number) and "text" (string)',
  ])
  expect(counts).toEqual({ read: 2, refused: 4 })
})

test('lines and letters may be cut anywhere between chunks', async () => {
  const bytes = new TextEncoder().encode('\ufeff{"id":"é","text":"schön 😡"}\n{"id":2,"text":"x"}\n')
  const { answers } = await run(...Array.from(bytes, (byte) => Uint8Array.of(byte)))
  expect(answers.map((answer) => answer['id'])).toEqual(['é', 2])
})

describe('hostile input never stops the reading:', () => {
  test.each([
    ['a line of 10 MB', `{"id":1,"text":"${'help! '.repeat(1_750_000)}"}`],
    ['a word of 10 MB', `{"id":1,"text":"${'a'.repeat(10_000_000)}"}`],
    ['lone surrogates', '{"id":1,"text":"\\ud800 bad \\udfff"}'],
    ['NUL', '{"id":1,"text":"\\u0000 what \\u0000"}'],
    ['direction marks and zero width', '{"id":1,"text":"\u202e\u200b\u2066refund\u2069"}'],
    ['nothing', '{"id":1,"text":""}'],
    ['stacked accents', `{"id":1,"text":"${'e\u0301\u0302\u0303'.repeat(5000)}"}`],
  ])('%s', async (_, line) => {
    const { answers } = await run(line, '\n{"id":2,"text":"thanks a lot"}\n')
    expect(answers.map((answer) => answer['id'])).toEqual([1, 2])
  })

  test('bytes that are no UTF-8', async () => {
    const { answers } = await run(
      '{"id":1,"text":"',
      Uint8Array.of(0xff, 0xfe, 0xc3),
      '"}\n{"id":2,"text":"ok"}',
    )
    expect(answers.map((answer) => answer['id'])).toEqual([1, 2])
  })

  test('a line without end is passed over and not kept', async () => {
    const part = 'x'.repeat(1024 * 1024)
    const { answers, errors } = await run(
      ...Array.from({ length: 40 }, () => part),
      '\n{"id":2,"text":"ok"}\n',
    )
    expect(answers.map((answer) => answer['id'])).toEqual([2])
    expect(errors).toEqual(['1: the line is too long'])
  })
})

test('no more is read while the writer is not ready', async () => {
  let given = 0
  let written = 0
  async function* input() {
    for (let i = 0; i < 20; i++) {
      given++
      expect(given - written).toBeLessThanOrEqual(1)
      yield `{"id":${i},"text":"hello there my friend"}\n`
    }
  }
  const write = async () => {
    await new Promise((resolve) => setImmediate(resolve))
    written++
  }
  await readNdjson(input(), write, { read, onError: () => {} })
  expect(written).toBe(20)
})
