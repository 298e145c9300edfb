import { hash, randomBytes } from 'node:crypto'

const keyShape = /^Bearer (hs_[A-Za-z0-9_-]{43})$/i

/** 256 random bits behind a prefix by which scanners of leaked secrets know it. */
export function newKey(): string {
  return `hs_${randomBytes(32).toString('base64url')}`
}

/** What is stored of an API key: SHA-256 is enough, as the key itself is random. */
export function hashKey(key: string): Buffer {
  return hash('sha256', key, 'buffer')
}

/** The key of an `Authorization` header, where it has the shape of one. */
export function keyOfHeader(authorization: string): string | null {
  return keyShape.exec(authorization)?.[1] ?? null
}
