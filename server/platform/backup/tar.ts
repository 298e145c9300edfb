// The ustar format (POSIX.1-1988, IEEE 1003.1 "pax" chapter): a header of 512 bytes with numbers in octal, the
// content, zeros up to the next 512 bytes; two blocks of zeros end the archive. Only regular files are used.

export const blockSize = 512

export interface TarHeader {
  readonly path: string
  readonly size: number
}

const endOfNumber = ' '
const largest = 0o77777777777

/** `mtime` in seconds. Throws when the path (255 bytes, folders 155, name 100) or the size (8 GiB) is too large. */
export function tarHeader(path: string, size: number, mtime: number): Buffer {
  if (size > largest) throw new RangeError(`${path} is larger than 8 GiB`)
  const { folder, name } = splitPath(path)
  const block = Buffer.alloc(blockSize)
  block.write(name, 0, 100, 'utf8')
  block.write(`0000600 0000000 0000000 `, 100, 'ascii')
  block.write(octal(size, 11) + endOfNumber, 124, 'ascii')
  block.write(octal(mtime, 11) + endOfNumber, 136, 'ascii')
  block.write('        0', 148, 'ascii')
  block.write('ustar\u000000', 257, 'ascii')
  block.write(folder, 345, 155, 'utf8')
  block.write(`${octal(sumOf(block), 6)}\u0000 `, 148, 'ascii')
  return block
}

/** Undefined at the end of the archive. Throws when the block is not a header of a regular file. */
export function parseTarHeader(block: Buffer): TarHeader | undefined {
  if (block.every((byte) => byte === 0)) return undefined
  const claimed = Number.parseInt(textAt(block, 148, 8), 8)
  const blank = Buffer.from(block)
  blank.fill(' ', 148, 156)
  if (claimed !== sumOf(blank) || textAt(block, 257, 5) !== 'ustar' || textAt(block, 156, 1) !== '0') {
    throw new Error('not a header of a regular file')
  }
  const folder = textAt(block, 345, 155)
  const name = textAt(block, 0, 100)
  return { path: folder ? `${folder}/${name}` : name, size: Number.parseInt(textAt(block, 124, 12), 8) }
}

/** Zeros between the content and the next header. */
export function paddingOf(size: number): number {
  return (blockSize - (size % blockSize)) % blockSize
}

function splitPath(path: string): { folder: string; name: string } {
  const cut = path.lastIndexOf('/')
  const folder = cut < 0 ? '' : path.slice(0, cut)
  const name = path.slice(cut + 1)
  if (Buffer.byteLength(folder) > 155 || Buffer.byteLength(name) > 100 || name === '') {
    throw new RangeError(`the path ${path} is too long`)
  }
  return { folder, name }
}

function octal(value: number, digits: number): string {
  return Math.max(0, Math.floor(value)).toString(8).padStart(digits, '0')
}

function textAt(block: Buffer, start: number, length: number): string {
  const field = block.subarray(start, start + length)
  const end = field.indexOf(0)
  return field
    .subarray(0, end < 0 ? length : end)
    .toString('utf8')
    .trimEnd()
}

function sumOf(block: Buffer): number {
  let sum = 0
  for (const byte of block) sum += byte
  return sum
}
