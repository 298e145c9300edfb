import { isMailAddress } from './address.ts'
import type { Link } from '../channel.ts'

export type Security = 'tls' | 'starttls' | 'none'

export interface MailServerAddress {
  readonly host: string
  readonly port: number
  readonly security: Security
}

export type SignIn =
  | { readonly kind: 'password'; readonly password: string }
  | {
      readonly kind: 'oauth2'
      readonly accessToken: string
      readonly refreshToken: string
      readonly clientId: string
      readonly clientSecret: string
      readonly tokenUrl: string
    }

export interface MailboxSettings {
  /** In small letters. */
  readonly address: string
  readonly imap: MailServerAddress
  readonly smtp: MailServerAddress
  readonly user: string
  readonly signIn: SignIn
  readonly folder: string
  /** Null: the one that the server marks. */
  readonly sentFolder: string | null
  readonly filesCopies: boolean
  readonly quotes: boolean
  readonly authserv: string
  /** A certificate in PEM that is trusted beside the public ones. */
  readonly ca: string | null
}

const thisMachine = /^(localhost|127(\.\d+){3}|::1)$/

/** The settings of a connection, or a sentence on what is missing. */
export function readMailboxSettings(link: Link): MailboxSettings | { readonly problem: string } {
  const value = (name: string): string => (link.config[name] ?? link.secrets[name] ?? '').trim()
  const address = value('address').toLowerCase()
  if (!isMailAddress(address)) return { problem: 'The mail address is none.' }
  const imap = readServer(value('imapHost'), value('imapPort'), value('imapSecurity'), 993)
  const smtp = readServer(value('smtpHost'), value('smtpPort'), value('smtpSecurity'), 465)
  for (const server of [imap, smtp]) if ('problem' in server) return server
  if ('problem' in imap || 'problem' in smtp) return { problem: 'A server is missing.' }
  const ca = value('ca')
  if (ca !== '' && !ca.includes('-----BEGIN CERTIFICATE-----')) {
    return { problem: 'The certificate is not in PEM: it begins with -----BEGIN CERTIFICATE-----.' }
  }
  const signIn = readSignIn(value)
  if ('problem' in signIn) return signIn
  return {
    address,
    imap,
    smtp,
    user: value('user') || value('address'),
    signIn,
    folder: value('folder') || 'INBOX',
    sentFolder: value('sentFolder') || null,
    filesCopies: value('sentCopy') !== 'never',
    quotes: value('quote') === 'yes',
    authserv: value('authserv').toLowerCase(),
    ca: ca || null,
  }
}

function readServer(
  host: string,
  port: string,
  security: string,
  usualPort: number,
): MailServerAddress | { readonly problem: string } {
  if (!/^[a-z0-9.:_-]{1,253}$/i.test(host))
    return { problem: `"${host.slice(0, 60)}" is no name of a server.` }
  const number = port === '' ? usualPort : Number(port)
  if (!Number.isInteger(number) || number < 1 || number > 65_535) return { problem: 'A port is no number.' }
  const kind = security === 'starttls' || security === 'none' ? security : 'tls'
  if (kind === 'none' && !thisMachine.test(host)) {
    return { problem: `${host} is another machine: a password goes there encrypted only.` }
  }
  return { host, port: number, security: kind }
}

function readSignIn(value: (name: string) => string): SignIn | { readonly problem: string } {
  if (value('auth') !== 'oauth2') {
    return value('password') === ''
      ? { problem: 'The password is missing.' }
      : { kind: 'password', password: value('password') }
  }
  const accessToken = value('accessToken')
  const refreshToken = value('refreshToken')
  if (accessToken === '' && refreshToken === '')
    return { problem: 'Neither access nor refresh token is there.' }
  if (refreshToken !== '' && value('tokenUrl') === '') return { problem: 'The token endpoint is missing.' }
  const [clientId, clientSecret, tokenUrl] = [value('clientId'), value('clientSecret'), value('tokenUrl')]
  return { kind: 'oauth2', accessToken, refreshToken, clientId, clientSecret, tokenUrl }
}
