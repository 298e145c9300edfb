import { createCipheriv, createDecipheriv, hkdfSync, randomBytes, createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** A value that never prints itself. `reveal` is the only way to it. */
export class Secret {
  readonly #value: string
  constructor(value: string) {
    this.#value = value
  }
  reveal(): string {
    return this.#value
  }
  toString(): string {
    return '[secret]'
  }
  toJSON(): string {
    return '[secret]'
  }
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return '[secret]'
  }
}

export interface Secrets {
  /** AES-256-GCM; `owner` (workspace and row) is bound in, so that a sealed value cannot be moved to another row. */
  seal(secret: Secret, owner: string): Buffer
  open(sealed: Buffer, owner: string): Secret
  /** A key of its own for each purpose (HKDF-SHA256). */
  keyFor(purpose: string): Buffer
}

const ivBytes = 12
const tagBytes = 16

/** `master` is 32 random bytes. */
export function openSecrets(master: Buffer): Secrets {
  const keyFor = (purpose: string): Buffer =>
    Buffer.from(hkdfSync('sha256', master, '', `horseshoe ${purpose}`, 32))
  const key = keyFor('seal')
  return {
    keyFor,
    seal(secret, owner) {
      const iv = randomBytes(ivBytes)
      const cipher = createCipheriv('aes-256-gcm', key, iv)
      cipher.setAAD(Buffer.from(owner))
      const body = Buffer.concat([cipher.update(secret.reveal(), 'utf8'), cipher.final()])
      return Buffer.concat([iv, cipher.getAuthTag(), body])
    },
    open(sealed, owner) {
      const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, ivBytes))
      decipher.setAAD(Buffer.from(owner))
      decipher.setAuthTag(sealed.subarray(ivBytes, ivBytes + tagBytes))
      const body = Buffer.concat([decipher.update(sealed.subarray(ivBytes + tagBytes)), decipher.final()])
      return new Secret(body.toString('utf8'))
    },
  }
}

/** Reads the master key file, or makes it (mode 0600) at the first start. */
export function loadMasterKey(file: string): Buffer {
  try {
    return checkLength(Buffer.from(readFileSync(file, 'utf8').trim(), 'base64'), file)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
  }
  mkdirSync(dirname(file), { recursive: true })
  const key = randomBytes(32)
  writeFileSync(file, key.toString('base64') + '\n', { mode: 0o600, flag: 'wx' })
  return key
}

function checkLength(key: Buffer, file: string): Buffer {
  if (key.length === 32) return key
  throw new Error(`The key file ${file} is damaged: it must hold 32 bytes in base64.`)
}

/** 256 random bits for a link; only the hash is stored. */
export function newToken(): { readonly token: string; readonly hash: Buffer } {
  const token = randomBytes(32).toString('base64url')
  return { token, hash: hashToken(token) }
}

export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
