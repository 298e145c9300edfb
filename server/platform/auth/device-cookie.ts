import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

// A browser that has signed in to an account is known by a signed cookie and guesses in a bucket of its own: nobody
// else can use up the tries of the owner (OWASP: "Slow Down Online Guessing Attacks with Device Cookies").

/** `nonce.signature`, bound to the address of the account. */
export function newDeviceCookie(email: string, key: Buffer): string {
  const nonce = randomBytes(16).toString('base64url')
  return `${nonce}.${sign(nonce, email, key)}`
}

/** The nonce of a cookie that was made for this account, else null. */
export function knownDevice(cookie: string | null, email: string, key: Buffer): string | null {
  const [nonce = '', signature = ''] = (cookie ?? '').split('.')
  const expected = Buffer.from(sign(nonce, email, key))
  const actual = Buffer.from(signature)
  return actual.length === expected.length && timingSafeEqual(actual, expected) ? nonce : null
}

function sign(nonce: string, email: string, key: Buffer): string {
  return createHmac('sha256', key).update(`${nonce} ${email.toLowerCase()}`).digest('base64url')
}
