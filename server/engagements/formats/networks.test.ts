import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { detectFormat } from './detect-format.ts'
import type { FormatItem } from './format.ts'
import { isRefused } from './format.ts'
import { findFormat, formats } from './formats.ts'
import { repaired } from './meta-archive.ts'
import { networkFiles, type NetworkFile } from './network-files.fixture.ts'
import type { Archive } from './read-archive.ts'
import { chunked, NOW, toBytes } from './read-all.fixture.ts'
import { resumeArchive, resumeRead } from './resume-read.ts'

async function read(
  file: NetworkFile,
  more: { chunk?: number; startByte?: number; content?: Uint8Array } = {},
) {
  const format = findFormat(file.format)
  if (!format) throw new Error(file.format)
  const bytes = more.content ?? toBytes(file.content)
  const options = {
    now: NOW,
    path: file.path,
    ...(file.own === undefined ? {} : { ownHandles: [file.own] }),
    ...(more.startByte === undefined ? {} : { startByte: more.startByte }),
  }
  const items: FormatItem[] = []
  const open = (at: number) => chunked(bytes.subarray(at), more.chunk ?? 65_536)
  for await (const item of resumeRead(format, open, options)) items.push(item)
  return items
}

function said(items: readonly FormatItem[]) {
  return items.map((item) =>
    isRefused(item)
      ? item.reason
      : [
          item.input.direction,
          item.input.kind,
          item.input.author.name ?? item.input.author.externalId,
          item.input.text,
        ],
  )
}

function fileOf(path: RegExp): NetworkFile {
  const file = networkFiles.find((each) => path.test(each.path))
  if (!file) throw new Error(String(path))
  return file
}

test.each(networkFiles)('$format $path', async (file) => {
  const items = await read(file)
  expect(said(items)).toMatchSnapshot('what it says')
  expect(items.flatMap(({ notices }) => notices ?? [])).toMatchSnapshot('what the report says')
})

test.each(networkFiles)('$format $path: reads the same in pieces, and on from any record', async (file) => {
  const items = await read(file)
  expect(await read(file, { chunk: 7 })).toEqual(items)
  for (const [index, item] of items.entries()) {
    const rest = await read(file, { startByte: item.byteEnd })
    expect(said(rest)).toEqual(said(items.slice(index + 1)))
  }
  const ids = items.flatMap((item) => (isRefused(item) ? [] : [item.input.externalId]))
  expect(new Set(ids).size).toBe(ids.length)
})

test.each(networkFiles)('$format $path: is recognised by its beginning', ({ content, path, format }) => {
  const isMetaChat = path.endsWith('message_1.json')
  // Facebook and Instagram write chats alike; the person in front chooses.
  expect(detectFormat(toBytes(content), 'upload')).toBe(isMetaChat ? 'facebook' : format)
})

test('what is done to a file of a network throws nothing, and records stand in order', async () => {
  const property = fc.asyncProperty(
    fc.constantFrom(...networkFiles),
    fc.nat(4_000),
    fc.nat(30),
    fc.constantFrom('"', '\n', '{', '}', '[', ']', ',', '\\', '\0', '\ufeff', 'é', ''),
    async (file, at, remove, insert) => {
      const bytes = toBytes(file.content)
      const place = at % bytes.length
      const content = new Uint8Array([
        ...bytes.subarray(0, place),
        ...toBytes(insert),
        ...bytes.subarray(place + remove),
      ])
      let end = 0
      for (const item of await read(file, { content })) {
        if (isRefused(item) && item.wholeFile) return
        expect(item.byteEnd).toBeGreaterThan(end)
        expect(item.byteEnd).toBeLessThanOrEqual(content.length + 1)
        end = item.byteEnd
      }
    },
  )
  await fc.assert(property, { numRuns: 2_000, interruptAfterTimeLimit: 5_000, markInterruptAsFailure: false })
}, 20_000)

test('bytes of UTF-8 that stand as characters are put together; other texts stay', () => {
  expect(repaired('LÃ¤uft')).toBe('Läuft')
  expect(repaired('Läuft')).toBe('Läuft')
  expect(repaired('plain')).toBe('plain')
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const whole = text.toWellFormed()
      const broken = Array.from(toBytes(whole), (byte) => String.fromCharCode(byte)).join('')
      expect(repaired(broken)).toBe(whole)
    }),
  )
})

test('nobody says whose the file is: it is refused with what to do', async () => {
  const { own: _own, ...file } = fileOf(/^messages\.csv/)
  expect(said(await read(file))).toEqual([expect.stringContaining('own handles')])
})

describe('WhatsApp', () => {
  const chat = (content: string): NetworkFile => ({ format: 'whatsapp', path: 'x.txt', own: 'Me', content })
  const times = async (content: string) =>
    (await read(chat(content))).map((item) => (isRefused(item) ? item.reason : item.input.publishedAt))
  test.each([
    ['[20/06/21, 14:30:05] Ann: a\n', '2021-06-20T14:30:05.000Z'],
    ['\u200e[6/20/21, 2:30:05\u202fPM] Ann: a\n', '2021-06-20T14:30:05.000Z'],
    ['20.06.21, 14:30 - Ann: a\n', '2021-06-20T14:30:00.000Z'],
    ['[12.3.2022 klo 14.08.18] Ann: a\n', '2022-03-12T14:08:18.000Z'],
    ['2021-06-20, 2:30 a.m. - Ann: a\n', '2021-06-20T02:30:00.000Z'],
    ['3/4/21, 2:30 PM - Ann: a\n5/1/21, 2:30 PM - Ann: b\n', '2021-03-04T14:30:00.000Z'],
    ['3/4/21, 14:30 - Ann: a\n2/5/21, 14:30 - Ann: b\n', '2021-04-03T14:30:00.000Z'],
  ])('%j', async (content, first) => {
    expect((await times(content))[0]).toBe(first)
  })
  test('where both readings go, it says which was taken', async () => {
    const [item] = await read(chat('3/4/21, 2:30 PM - Ann: a\n'))
    expect(item?.notices?.[0]?.message).toContain('month/day')
  })
})

describe('an archive', () => {
  const account = JSON.stringify([
    { account: { accountId: '11', username: 'forge', accountDisplayName: 'Forge' } },
  ])
  const files = [
    ['twitter/data/account.js', `window.YTD.account.part0 = ${account}`],
    ...networkFiles
      .filter(({ format }) => format === 'x')
      .map(({ path, content }) => [`twitter/${path}`, content]),
    ['twitter/data/tweets-part1.js', 'window.YTD.tweets.part1 = {"broken"'],
    ['twitter/data/like.js', 'window.YTD.like.part0 = []'],
  ] as const
  const archive: Archive = {
    entries: files.map(([path, content]) => ({ path: path ?? '', size: toBytes(content ?? '').length })),
    read: ({ path }) => chunked(toBytes(files.find(([name]) => name === path)?.[1] ?? ''), 50),
  }
  async function readAll(startByte = 0) {
    const x = findFormat('x')
    if (!x) throw new Error('x')
    const items: FormatItem[] = []
    for await (const item of resumeArchive(x, archive, { now: NOW, startByte })) items.push(item)
    return items
  }

  test('says whose it is; a broken file in it costs itself only', async () => {
    const items = await readAll()
    const inputs = items.flatMap((item) => (isRefused(item) ? [] : [item.input]))
    expect(inputs.map(({ direction, presence, text }) => [direction, presence, text])).toEqual([
      ['out', 'forge', '@nora on the van & soon https://forge.example/van'],
      ['in', 'forge', 'Where?'],
      ['out', 'forge', 'Here'],
    ])
    expect(items.filter(isRefused).map(({ reason }) => reason)).toEqual([
      expect.stringContaining('tweets-part1.js'),
    ])
    expect(new Set(items.map(({ line }) => line)).size).toBe(items.length)
  })

  test('goes on behind any record', async () => {
    const items = await readAll()
    for (const [index, item] of items.entries())
      expect(said(await readAll(item.byteEnd))).toEqual(said(items.slice(index + 1)))
  })
})

test('every network that hands out an archive is in the list', () => {
  const withArchive = formats.flatMap(({ id, archive }) => (archive ? [id] : []))
  expect(new Set(withArchive)).toEqual(new Set(networkFiles.map(({ format }) => format)))
})
