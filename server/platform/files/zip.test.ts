import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32, deflateRawSync } from 'node:zlib'
import { afterAll, expect, test } from 'vitest'
import { openZip, RefusedArchive, type ZipLimits } from './zip.ts'

const folder = mkdtempSync(join(tmpdir(), 'horseshoe-zip-'))
afterAll(() => rmSync(folder, { recursive: true }))

interface Packed {
  readonly path: string
  readonly content: Buffer
  /** What its entry declares, where that is a lie. */
  readonly size?: number
  /** Takes the bytes of the first file instead of bytes of its own. */
  readonly isShared?: boolean
  readonly isEncrypted?: boolean
}

/** A ZIP archive by the book (PKWARE's APPNOTE 4.3), or as near to it as the test wants. */
function zipOf(files: readonly Packed[]): Buffer {
  const local: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { path, content, size = content.length, isShared = false, isEncrypted = false } of files) {
    const name = Buffer.from(path)
    const data = deflateRawSync(content)
    const facts = Buffer.alloc(26)
    facts.writeUInt16LE(20, 0)
    facts.writeUInt16LE(0x0800 + (isEncrypted ? 1 : 0), 2)
    facts.writeUInt16LE(8, 4)
    facts.writeUInt32LE(crc32(content), 10)
    facts.writeUInt32LE(data.length, 14)
    facts.writeUInt32LE(size, 18)
    facts.writeUInt16LE(name.length, 22)
    const at = isShared ? 0 : offset
    if (!isShared) local.push(Buffer.from('PK\u0003\u0004', 'latin1'), facts, name, data)
    offset += isShared ? 0 : 30 + name.length + data.length
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE(at, 10)
    directory.push(Buffer.from('PK\u0001\u0002\u0014\0', 'latin1'), facts, tail, name)
  }
  const list = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.write('PK\u0005\u0006', 'latin1')
  end.writeUInt16LE(files.length, 8)
  end.writeUInt16LE(files.length, 10)
  end.writeUInt32LE(list.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...local, list, end])
}

let count = 0

async function unpack(bytes: Buffer, limits: Partial<ZipLimits> = {}): Promise<Record<string, string>> {
  const path = join(folder, `${(count += 1)}.zip`)
  writeFileSync(path, bytes)
  const zip = await openZip(path, limits)
  try {
    const found: Record<string, string> = {}
    for (const entry of zip.entries) {
      const chunks: Uint8Array[] = []
      for await (const chunk of zip.read(entry)) chunks.push(chunk)
      found[entry.path] = Buffer.concat(chunks).toString()
    }
    return found
  } finally {
    zip.close()
  }
}

const hello = { path: 'a/hello.txt', content: Buffer.from('Hällo') }
const large = Buffer.alloc(8 * 1024 * 1024)

test('files of an archive are read; folders are none', async () => {
  const folderEntry = { path: 'a/', content: Buffer.alloc(0) }
  expect(await unpack(zipOf([folderEntry, hello, { path: 'b.csv', content: Buffer.from('1,2') }]))).toEqual({
    'a/hello.txt': 'Hällo',
    'b.csv': '1,2',
  })
})

test.each([
  ['a file that grows a thousandfold', zipOf([{ path: 'bomb', content: large }]), {}, /more than 200 times/],
  [
    'more than may be unpacked in all',
    zipOf([hello, { ...hello, path: 'b' }]),
    { bytes: 8 },
    /more than can be read/,
  ],
  [
    'more files than anybody has',
    zipOf([hello, { ...hello, path: 'b' }]),
    { entries: 1 },
    /more than 1 files/,
  ],
  [
    'files that share their bytes',
    zipOf([
      { path: 'x', content: Buffer.from('abcdefgh') },
      ...Array.from({ length: 60 }, (_, index) => ({
        path: `x${index}`,
        content: Buffer.alloc(65_000, `${index}`),
        isShared: true,
      })),
    ]),
    {},
    /overlap|damaged/,
  ],
  ['a file larger than it says', zipOf([{ ...hello, size: 2 }]), {}, /damaged/],
  ['a file that is locked', zipOf([{ ...hello, isEncrypted: true }]), {}, /encrypted/],
  ['a path out of the archive', zipOf([{ ...hello, path: '../../etc/passwd' }]), {}, /damaged/],
  ['half an archive', zipOf([hello]).subarray(0, 40), {}, /damaged/],
  ['no archive', Buffer.from('PK\u0003\u0004 and nothing else'), {}, /damaged/],
])('%s is refused with a sentence', async (_, bytes, limits, sentence) => {
  const refused = await unpack(bytes, limits).catch((error: unknown) => error)
  expect(refused).toBeInstanceOf(RefusedArchive)
  expect(String(refused)).toMatch(sentence)
})
