import { ChannelFailure, type ChannelError } from '../channel.ts'
import type { SignIn } from './mailbox-settings.ts'

const certificate = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'HOSTNAME_MISMATCH',
])

/** Whether a connection failed because its certificate is not trusted. */
export function isUntrusted(error: unknown): boolean {
  return certificate.has(fieldOf(error, 'code'))
}

/** What an error of the IMAP client means, in the closed set. */
export function readImapFailure(error: unknown, signIn: SignIn): ChannelFailure {
  if (error instanceof ChannelFailure) return error
  const said = sayError(error)
  const [code, message] = meaningOf(error, said, signIn)
  return new ChannelFailure(code, message, { cause: error })
}

function meaningOf(error: unknown, said: string, signIn: SignIn): readonly [ChannelError, string] {
  if (isUntrusted(error))
    return ['network.down', `The certificate of the mail server is not trusted: ${said}.`]
  const answer = fieldOf(error, 'serverResponseCode')
  if (answer === 'UNAVAILABLE' || answer === 'INUSE' || answer === 'LIMIT') {
    return ['network.down', `The mail server is busy: ${said}.`]
  }
  if (truthOf(error, 'authenticationFailed'))
    return [authError(signIn), `The mail server refused the sign-in: ${said}.`]
  if (truthOf(error, 'mailboxMissing')) return ['target.gone', `The folder is not there: ${said}.`]
  if (fieldOf(error, 'responseStatus') === 'NO')
    return ['target.forbidden', `The mail server refused: ${said}.`]
  return ['network.down', `The mail server cannot be reached: ${said}.`]
}

/** A token that can be renewed has expired; everything else a person must give anew. */
export function authError(signIn: SignIn): ChannelError {
  return signIn.kind === 'oauth2' && signIn.refreshToken !== '' ? 'auth.expired' : 'auth.revoked'
}

function sayError(error: unknown): string {
  const text = fieldOf(error, 'responseText') || (error instanceof Error ? error.message : '')
  const line = text.replaceAll(/\s+/g, ' ').trim().slice(0, 300)
  return line.replace(/\.$/, '') || 'no reason given'
}

function fieldOf(error: unknown, name: string): string {
  const value: unknown = error instanceof Error ? Reflect.get(error, name) : undefined
  return typeof value === 'string' ? value : ''
}

function truthOf(error: unknown, name: string): boolean {
  return error instanceof Error && Reflect.get(error, name) === true
}
