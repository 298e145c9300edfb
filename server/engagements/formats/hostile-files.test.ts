import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Format, Place } from './format.ts'
import { formats } from './formats.ts'
import { readAll, toBytes } from './read-all.fixture.ts'
import type { RawRecord, Splitter } from './raw-record.ts'
import { markLength } from './refuse-file.ts'
import { createCsvSplitter } from './split-csv.ts'
import { createItemSplitter } from './split-json-items.ts'
import { createLineSplitter } from './split-lines.ts'
import { createMboxSplitter } from './split-mbox.ts'

const engagement = (id: number) =>
  `{"source":"web","externalId":"${id}","direction":"in","author":{"externalId":"ann"},"text":"h\\u00e9","publishedAt":"2025-03-04T10:00:00Z"}`
const note = (id: number) =>
  `{"type":"Note","id":"n${id}","attributedTo":"a",\n"published":"2025-03-04T10:00:00Z","content":"<p>a ] \\" b</p>"}`
const mail = (id: number) =>
  `From a Tue Mar  4 10:00:00 2025\nFrom: a@b.example\nDate: Tue, 04 Mar 2025 10:00:00 +0100\nMessage-ID: <${id}@x>\n` +
  'Content-Type: multipart/mixed; boundary=b\n\n--b\n\nHi\n>From x\n--b\nContent-Type: text/html\n\n<p>Hi</p>\n--b--\n'

/** Head and body of a sound file; only the body is mutated, so that most mutants are read to the end. */
type OneFile = 'twcs' | 'csv' | 'ndjson' | 'activitystreams' | 'mbox'
const FILES: Readonly<Record<OneFile, readonly [string, string]>> = {
  twcs: [
    'tweet_id,author_id,inbound,created_at,text,response_tweet_id,in_response_to_tweet_id\n',
    '1,a,True,Tue Oct 31 22:04:47 +0000 2017,"x, ""y""\nz",,\n2,b,False,Tue Oct 31 22:04:47 +0000 2017,é 🙂,,1\n'.repeat(
      3,
    ),
  ],
  csv: [
    'id,time,direction,author,text\n',
    '1,2025-03-04,in,a,"x\ny"\r\n2,2025-03-04T10:00Z,out,b,é\r\n'.repeat(4),
  ],
  ndjson: ['', [1, 2, 3].map(engagement).join('\n')],
  activitystreams: ['{"id":"outbox.json","orderedItems":[', [1, 2, 3].map(note).join(',\n')],
  mbox: ['', [1, 2].map(mail).join('\n')],
}

const SPECIAL = [
  '"',
  '\n',
  '\r\n',
  ',',
  '\0',
  '\ufeff',
  '{',
  '}',
  '[',
  ']',
  '\\',
  'From ',
  '--b',
  '""',
  '\u202e',
  '\\ud800',
]

const mutation = fc.record({
  at: fc.nat({ max: 2000 }),
  remove: fc.oneof(fc.constant(0), fc.nat({ max: 3 }), fc.nat({ max: 200 })),
  insert: fc.oneof(
    fc.constantFrom(...SPECIAL).map(toBytes),
    fc.uint8Array({ maxLength: 3 }),
    fc.constant(new Uint8Array(0)),
  ),
})
const mutations = fc.array(mutation, { minLength: 1, maxLength: 4 })
type Mutation = typeof mutation extends fc.Arbitrary<infer Value> ? Value : never

function mutate(body: Uint8Array, changes: readonly Mutation[]): Uint8Array {
  let bytes = body
  for (const { at, remove, insert } of changes) {
    const place = at % (bytes.length + 1)
    bytes = new Uint8Array([...bytes.subarray(0, place), ...insert, ...bytes.subarray(place + remove)])
  }
  return bytes
}

const BLANK = new Set([32, 9, 10, 13])
const COMMA = 44

/** What of the file no record covers; throws when records overlap, go backwards or name a wrong line. */
function uncovered(bytes: Uint8Array, places: readonly Place[], from: number): number[] {
  const lines = new Uint32Array(bytes.length + 1).fill(1)
  for (const [at, byte] of bytes.entries()) lines[at + 1] = (lines[at] ?? 1) + (byte === 10 ? 1 : 0)
  const left: number[] = []
  let start = from
  for (const place of [...places, undefined]) {
    const end = place?.byteStart ?? bytes.length
    for (let at = start; at < end; at++) left.push(at)
    if (place === undefined) break
    if (end < start || place.byteEnd < end) throw new Error('records overlap')
    if (place.line !== lines[end] || place.nextLine !== lines[place.byteEnd]) throw new Error('wrong line')
    start = place.byteEnd
  }
  return left
}

const oneFile = formats.filter((format): format is Format & { id: OneFile } => format.id in FILES)

test.each(oneFile)(
  '$id: whatever is done to a file, every byte of it comes out in one record, parsed or refused',
  async (format) => {
    const [head, body] = FILES[format.id].map(toBytes)
    if (!head || !body) throw new Error('no such file')
    let parsedRecords = 0
    let refusedRecords = 0
    const property = fc.asyncProperty(mutations, async (changes) => {
      const bytes = new Uint8Array([...head, ...mutate(body, changes)])
      const { items, parsed, refused } = await readAll(format, bytes)
      parsedRecords += parsed.length
      refusedRecords += refused.length
      if (refused.some(({ wholeFile }) => wholeFile)) {
        expect(items).toHaveLength(1)
        return
      }
      const isList = format.id === 'activitystreams'
      const begin = head.length || markLength(bytes)
      const lost = uncovered(bytes, items, begin).filter(
        (at) => !BLANK.has(bytes[at] ?? 0) && !(isList && bytes[at] === COMMA),
      )
      // Behind the end of a list nothing is read.
      if (lost.length > 0 && !(isList && bytes[lost[0] ?? 0] === 93)) throw new Error(`lost ${lost.join()}`)
    })
    await fc.assert(property, {
      numRuns: 10_000,
      interruptAfterTimeLimit: 3000,
      markInterruptAsFailure: false,
    })
    expect(parsedRecords).toBeGreaterThan(100)
    expect(refusedRecords).toBeGreaterThan(100)
  },
  20_000,
)

const start = { byte: 0, line: 1 }
const splitters: readonly (readonly [string, () => Splitter, string])[] = [
  ['CSV', () => createCsvSplitter({ delimiter: ',', columnCount: 5 }, start), FILES.csv[1]],
  ['lines', () => createLineSplitter(start), FILES.ndjson[1]],
  ['items of a list', () => createItemSplitter(start), FILES.activitystreams[1]],
  ['mails', () => createMboxSplitter(start), FILES.mbox[1]],
]

test.each(splitters)('%s: the records are the same however the file arrives in pieces', (_, create, body) => {
  const split = (bytes: Uint8Array, size: number): RawRecord[] => {
    const splitter = create()
    const records: RawRecord[] = []
    for (let at = 0; at < bytes.length; at += size)
      records.push(...splitter.push(bytes.subarray(at, at + size)))
    return [...records, ...splitter.end()]
  }
  const property = fc.property(mutations, fc.integer({ min: 1, max: 40 }), (changes, size) => {
    const bytes = mutate(toBytes(body), changes)
    expect(split(bytes, size)).toEqual(split(bytes, bytes.length))
  })
  fc.assert(property, { numRuns: 1000 })
})
