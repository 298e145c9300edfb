import { createHash } from 'node:crypto'
import ipaddr from 'ipaddr.js'
import type { Bucket } from './guesses.ts'

const perAccount = 10
const perAddress = 60

/** Where a guess counts: at the known device or else the account, and at the caller's address. */
export function guessBuckets(guess: {
  readonly account: string | null
  readonly device: string | null
  readonly address: string
}): readonly Bucket[] {
  const buckets: Bucket[] = []
  if (guess.address !== '')
    buckets.push({ name: `address ${guessNetwork(guess.address)}`, limit: perAddress })
  if (guess.account === null) return buckets
  const account = createHash('sha256').update(guess.account.toLowerCase()).digest('base64url')
  const name = guess.device === null ? `account ${account}` : `device ${account} ${guess.device}`
  return [...buckets, { name, limit: perAccount }]
}

/** One household or company gets a whole /64 of IPv6; counting single addresses of it would count nothing. */
export function guessNetwork(address: string): string {
  if (!ipaddr.isValid(address)) return address.slice(0, 64)
  const parsed = ipaddr.process(address)
  if (parsed instanceof ipaddr.IPv4) return parsed.toString()
  return parsed.toByteArray().slice(0, 8).join('.')
}
