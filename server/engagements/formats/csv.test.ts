import { describe, expect, test } from 'vitest'
import { csv } from './csv.ts'
import { NOW, readAll, toBytes } from './read-all.fixture.ts'

const HEADER = 'id,time,direction,author,text\n'
const ROW = '1,2025-03-04T10:00:00Z,in,ann,hello\n'

test('every column lands in its field', async () => {
  const head =
    'ID,Time,Direction,Author,Author handle,Author name,author-email,customer_id,text,presence,source,channel,' +
    'parent,thread,subject,language,visibility,kind,type,mentions,media,updated_at,automatic\n'
  const row =
    '7,2025-03-04 10:00:00 +01:00,OUT,u1,ann,Ann B.,ann@example.org,C-9,"Hi, you",@shop,crm,phone,' +
    '6,t1,About,de,direct,Call,Update,@bob carl,https://example.org/a.png,2025-03-05,yes\n'
  const { parsed, refused } = await readAll(csv, head + row)
  expect(refused).toEqual([])
  expect(parsed[0]?.notices).toBeUndefined()
  expect(parsed[0]?.input).toEqual({
    type: 'Update',
    kind: 'Call',
    source: 'crm',
    externalId: '7',
    channel: 'phone',
    direction: 'out',
    author: {
      externalId: 'u1',
      handle: 'ann',
      name: 'Ann B.',
      verifiedEmail: 'ann@example.org',
      customerId: 'C-9',
    },
    presence: 'shop',
    mentions: ['bob', 'carl'],
    visibility: 'direct',
    parentExternalId: '6',
    threadExternalId: 't1',
    subject: 'About',
    text: 'Hi, you',
    language: 'de',
    media: [{ url: 'https://example.org/a.png' }],
    publishedAt: '2025-03-04T09:00:00.000Z',
    updatedAt: '2025-03-05T00:00:00.000Z',
    automatic: true,
  })
})

test('semicolons, tabs, a byte order mark and CRLF are understood', async () => {
  for (const delimiter of [';', '\t']) {
    const content = `\ufeff${HEADER}${ROW}`.replaceAll(',', delimiter).replaceAll('\n', '\r\n')
    const { parsed, refused } = await readAll(csv, content)
    expect(refused).toEqual([])
    expect(parsed[0]).toMatchObject({ line: 2, input: { externalId: '1', text: 'hello' } })
  }
})

test('an unknown column is left out and said once', async () => {
  const content = `id,time,direction,author,text,mood\n${'1,2025-03-04,in,ann,x,fine\n'.repeat(3)}`
  const { items } = await readAll(csv, content)
  const message = 'The column "mood" is not known and was left out.'
  expect(items.flatMap(({ notices }) => notices ?? [])).toEqual([{ message, count: 1 }])
})

test('direction may be left out when our own handles are given', async () => {
  const content = 'id,time,author,text\n1,2025-03-04,ann,x\n2,2025-03-04,Shop,y\n'
  const { parsed } = await readAll(csv, content, { ownHandles: ['@shop'] })
  expect(parsed.map(({ input }) => input.direction)).toEqual(['in', 'out'])
  const without = await readAll(csv, content)
  expect(without.refused).toMatchObject([{ wholeFile: true, reason: 'The header lacks direction.' }])
})

describe('a bad row is refused with a reason, the next is read:', () => {
  test.each([
    ['NUL', '9,2025-03-04,in,a\0b,x', 'The record contains a NUL byte.'],
    ['future', '9,2031-03-04,in,ann,x', 'The time "2031-03-04" lies in the future.'],
    ['long ago', '9,1869-03-04,in,ann,x', 'The time "1869-03-04" lies before 1970.'],
    ['no such day', '9,2025-02-30,in,ann,x', 'The time "2025-02-30" cannot be read.'],
    ['ambiguous day', '9,03/04/2025,in,ann,x', 'The time "03/04/2025" cannot be read.'],
    ['no id', ',2025-03-04,in,ann,x', 'The column id is missing.'],
    ['no author', '9,2025-03-04,in,,x', 'The column author is missing.'],
    ['direction', '9,2025-03-04,up,ann,x', /^The column direction is wrong/],
    ['columns', '9,2025-03-04,in', 'The row has 3 columns where the header has 5.'],
    ['quotes', '9,2025-03-04,in,"ann,x', 'A quoted field is opened here and never closed.'],
  ])('%s', async (_, bad, reason) => {
    const { parsed, refused } = await readAll(csv, `${HEADER}${bad}\n${ROW}`)
    expect(refused).toHaveLength(1)
    expect(refused[0]).toMatchObject({ line: 2, nextLine: 3 })
    expect(refused[0]?.reason).toMatch(reason)
    expect(parsed.map(({ line }) => line)).toEqual([3])
  })

  test('not UTF-8', async () => {
    const latin = new Uint8Array([
      ...toBytes(`${HEADER}9,2025-03-04,in,ann,caf`),
      0xe9,
      ...toBytes(`\n${ROW}`),
    ])
    const { parsed, refused } = await readAll(csv, latin)
    expect(refused.map(({ line, reason }) => [line, reason])).toEqual([
      [2, 'The record is not valid UTF-8. Save the file as UTF-8 and import it again.'],
    ])
    expect(parsed).toHaveLength(1)
  })
})

describe('a file is refused as a whole, with one sentence:', () => {
  test.each([
    ['empty', new Uint8Array(0), /empty/],
    ['UTF-16', new Uint8Array([0xff, 0xfe, 105, 0, 100, 0]), /UTF-16/],
    ['UTF-16 without mark', new Uint8Array([105, 0, 100, 0, 44, 0, 116, 0, 105, 0]), /UTF-16/],
    ['a workbook', new Uint8Array([0x50, 0x4b, 3, 4, 1]), /workbook/],
    ['gzip', new Uint8Array([0x1f, 0x8b, 8, 0]), /gzip/],
    ['missing columns', toBytes('id,text\n1,x\n'), /lacks time, author, direction/],
    ['a column twice', toBytes('id,id,time,direction,author,text\n'), /column id twice/],
    ['blank', toBytes('\n\n'), /not a header/],
  ])('%s', async (_, content, reason) => {
    const { items, refused } = await readAll(csv, content)
    expect(items).toHaveLength(1)
    expect(refused[0]?.wholeFile).toBe(true)
    expect(refused[0]?.reason).toMatch(reason)
  })
})

test('up to a day ahead is clock skew and taken', async () => {
  const time = new Date(NOW + 23 * 3_600_000).toISOString()
  const { refused } = await readAll(csv, `${HEADER}1,${time},in,ann,x\n`)
  expect(refused).toEqual([])
})

test('the excerpt of a refused row shows nothing invisible and at most 200 characters', async () => {
  const { refused } = await readAll(csv, `${HEADER}\u202e\u200b\u0007${'🙂'.repeat(300)}\n`)
  expect(refused[0]?.excerpt.length).toBeLessThanOrEqual(200)
  expect(refused[0]?.excerpt).toMatch(/^🙂+…$/u)
})
