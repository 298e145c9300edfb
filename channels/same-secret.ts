import { createHash, timingSafeEqual } from 'node:crypto'

/** Compares what was given with what is wanted in constant time, whatever their lengths. */
export function isSameSecret(given: string, wanted: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(wanted))
}
