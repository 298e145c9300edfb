// What our own mail server found out about the sender (Authentication-Results, RFC 8601). Only headers that bear the
// name of our server count, and of these the uppermost word on each method: servers write theirs on top, and what a
// stranger wrote into the mail stands below. DMARC (RFC 7489) and an aligned DKIM signature speak for the From address;
// SPF speaks for the envelope only.
import type { Email } from 'postal-mime'

export interface Authentication {
  /** Results by method as the server wrote them; empty where no header of ours is there. */
  readonly dmarc: string | null
  readonly dkim: string | null
  readonly spf: string | null
  /** The From address is its sender's. */
  readonly isVerified: boolean
}

const unknown: Authentication = { dmarc: null, dkim: null, spf: null, isVerified: false }

/** Below so many "Received" lines a mail was not with our servers yet. */
const ownHops = 4
const longestHeader = 8_000

interface Result {
  readonly method: string
  readonly verdict: string
  readonly domain: string | null
}

export function readAuthentication(mail: Email, authserv: string, from: string): Authentication {
  if (authserv === '') return unknown
  const results = trustedHeaders(mail, authserv.toLowerCase()).flatMap(readResults)
  const first = (method: string): string | null =>
    results.find((result) => result.method === method)?.verdict ?? null
  const dmarc = first('dmarc')
  const domain = from.slice(from.lastIndexOf('@') + 1)
  const isSigned = results.some(
    ({ method, verdict, domain: signer }) =>
      method === 'dkim' && verdict === 'pass' && signer !== null && isAligned(domain, signer),
  )
  const isVerified = dmarc === 'pass' || (dmarc !== 'fail' && isSigned)
  return { dmarc, dkim: first('dkim'), spf: first('spf'), isVerified }
}

/** The signer is the sender's domain or one above it. */
function isAligned(domain: string, signer: string): boolean {
  return signer.includes('.') && (domain === signer || domain.endsWith(`.${signer}`))
}

function trustedHeaders(mail: Email, authserv: string): readonly string[] {
  const found: string[] = []
  let hops = 0
  for (const { key, value } of mail.headers) {
    if (key === 'received') hops += 1
    if (hops > ownHops) break
    if (key !== 'authentication-results') continue
    const plain = withoutComments(value.slice(0, longestHeader)).toLowerCase()
    const [name = ''] = plain.trim().split(/[\s;]/)
    if (name === authserv) found.push(plain)
  }
  return found
}

function withoutComments(value: string): string {
  let depth = 0
  let plain = ''
  for (const sign of value) {
    if (sign === '(') depth += 1
    else if (sign === ')') depth = Math.max(0, depth - 1)
    else if (depth === 0) plain += sign
  }
  return plain
}

function readResults(header: string): readonly Result[] {
  return header
    .split(';')
    .slice(1)
    .flatMap((part) => {
      const words = part
        .trim()
        .replaceAll(/\s*=\s*/g, '=')
        .split(/\s+/)
      const [method = '', verdict = ''] = (words[0] ?? '').split('=')
      if (verdict === '') return []
      const signer = words.find((word) => word.startsWith('header.d=') || word.startsWith('header.i='))
      const domain = signer?.slice('header.d='.length).replaceAll('"', '').split('@').at(-1) ?? null
      return [{ method: method.split('/')[0] ?? '', verdict, domain }]
    })
}
