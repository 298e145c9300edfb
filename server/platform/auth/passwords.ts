import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { refused } from '../refused.ts'

// argon2id (RFC 9106) with the OWASP floor of 19 MiB, two passes, one lane, kept in the PHC string format:
// $argon2id$v=19$m=19456,t=2,p=1$salt$hash

const memory = 19_456
const passes = 2
const tagLength = 32
const atOnce = 4
const maxWaiting = 64

const derive = promisify(argon2)
let running = 0
const waiting: (() => void)[] = []

/** At most four at once, so that a flood of guesses cannot take all memory; beyond 64 waiting, 503. */
async function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
  if (running >= atOnce) {
    if (waiting.length >= maxWaiting) throw refused('UNAVAILABLE')
    await new Promise<void>((resolve) => waiting.push(resolve))
  } else {
    running += 1
  }
  try {
    return await work()
  } finally {
    const next = waiting.shift()
    if (next === undefined) running -= 1
    else next()
  }
}

export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  const hash = await inTurn(() => compute(password, salt, { memory, passes }))
  return `$argon2id$v=19$m=${memory},t=${passes},p=1$${unpadded(salt)}$${unpadded(hash)}`
}

/** False for a wrong password and for a hash that it cannot read. */
export async function verifyPassword(stored: string, password: string): Promise<boolean> {
  const match = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=1\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/.exec(
    stored,
  )
  if (match === null) return false
  const [, storedMemory = '', storedPasses = '', salt = '', hash = ''] = match
  const cost = { memory: Number(storedMemory), passes: Number(storedPasses) }
  const expected = Buffer.from(hash, 'base64')
  const actual = await inTurn(() => compute(password, Buffer.from(salt, 'base64'), cost))
  return actual.length === expected.length && timingSafeEqual(actual, expected)
}

function compute(
  password: string,
  nonce: Buffer,
  cost: { readonly memory: number; readonly passes: number },
): Promise<Buffer> {
  // NFC, so that the same password typed on another keyboard is the same bytes.
  const message = Buffer.from(password.normalize('NFC'))
  return derive('argon2id', { message, nonce, parallelism: 1, tagLength, ...cost })
}

function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll('=', '')
}
