// One mail over one SMTP connection (RFC 5321). The server takes responsibility with its answer to the end of the data;
// so what fails before the data began did not happen, and what fails after it without an answer may have.
import { isIP } from 'node:net'
import { Readable, type Duplex } from 'node:stream'
import type SMTPConnection from 'nodemailer/lib/smtp-connection'
import type { Acted } from '../acting.ts'
import type { Mail } from './compose-mail.ts'
import { readFailure } from './read-failure.ts'

export interface SmtpServer {
  readonly host: string
  readonly port: number
  /** TLS from the first byte; else STARTTLS where the server offers it. */
  readonly isSecure: boolean
  /** No word is said before the line is encrypted: a password never leaves this machine in the clear. */
  readonly needsTls: boolean
  readonly user: string | null
  readonly password: string | null
  /** Signs in by XOAUTH2 instead of a password. */
  readonly accessToken?: string
  /** A certificate in PEM that is trusted beside the public ones. */
  readonly ca?: string | null
}

/** From the connection to the last answer; shorter than the time after which the outbox gives an act up. */
const sessionMs = 45_000
const phaseMs = 15_000

const thisMachine = /^(localhost|127(\.\d+){3}|::1)$/

/** The server out of `smtp://user:password@host:port`. */
export function readSmtpUrl(url: string): SmtpServer {
  const { protocol, hostname, port, username, password } = new URL(url)
  const isSecure = protocol === 'smtps:'
  const usualPort = isSecure ? 465 : 587
  const host = hostname.replace(/^\[|\]$/g, '')
  return {
    host,
    port: port === '' ? usualPort : Number(port),
    isSecure,
    needsTls: isSecure || (username !== '' && !thisMachine.test(host)),
    user: username === '' ? null : decodeURIComponent(username),
    password: username === '' ? null : decodeURIComponent(password),
  }
}

/** Hands one mail to the server over `socket`. */
export async function sendOver(socket: Duplex, server: SmtpServer, mail: Mail, now: Date): Promise<Acted> {
  return sendRaw(socket, server, { ...mail, raw: await buildMail(mail, now) })
}

/** The mail as it leaves. The library is loaded by the first one. */
export async function buildMail(mail: Mail, now: Date): Promise<Buffer> {
  const { default: MailComposer } = await import('nodemailer/lib/mail-composer')
  const { references, attachments } = mail
  const composer = new MailComposer({
    ...mail,
    references: [...references],
    attachments: [...attachments],
    date: now,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return composer.compile().build()
}

export interface RawMail extends Pick<Mail, 'from' | 'to' | 'messageId'> {
  readonly raw: Buffer
  /** Awaited before the first byte leaves. */
  readonly onBegun?: () => Promise<void>
}

/** Hands bytes to the server over `socket`. */
export async function sendRaw(socket: Duplex, server: SmtpServer, mail: RawMail): Promise<Acted> {
  let hasBegun = false
  // The connection reads this only once the server has asked for the data.
  const body = Readable.from(
    (async function* () {
      await mail.onBegun?.()
      hasBegun = true
      yield mail.raw
    })(),
    { objectMode: false },
  )
  try {
    const response = await converse(socket, server, { from: mail.from.address, to: mail.to, body })
    return { result: 'done', networkId: mail.messageId, detail: `accepted: ${response.slice(0, 200)}` }
  } catch (error) {
    return readFailure(error, hasBegun)
  } finally {
    socket.destroy()
  }
}

interface Envelope {
  readonly from: string
  readonly to: string
  readonly body: Readable
}

/** Signs in and leaves again; fails with what the server said. */
export async function signInOnly(socket: Duplex, server: SmtpServer): Promise<void> {
  try {
    await converse(socket, server, null)
  } finally {
    socket.destroy()
  }
}

/** Resolves with the server's answer to the data; without an envelope once it is signed in. */
async function converse(socket: Duplex, server: SmtpServer, envelope: Envelope | null): Promise<string> {
  const { default: Connection } = await import('nodemailer/lib/smtp-connection')
  return new Promise((resolve, reject) => {
    const connection = new Connection({
      // The type asks for a net.Socket; any duplex stream is one as far as it is used.
      connection: socket as never,
      host: server.host,
      port: server.port,
      secure: server.isSecure,
      requireTLS: server.needsTls,
      tls: {
        ...(isIP(server.host) === 0 ? { servername: server.host } : { host: server.host }),
        ...(server.ca == null ? {} : { ca: [server.ca] }),
        minVersion: 'TLSv1.2',
      },
      greetingTimeout: phaseMs,
      socketTimeout: phaseMs,
      socketCloseTimeout: 0,
    })
    const timer = setTimeout(() => finish(new Error('the server took too long')), sessionMs)
    function finish(failure: unknown, response = ''): void {
      clearTimeout(timer)
      connection.close()
      if (failure === null) resolve(response)
      else reject(failure)
    }
    connection.on('error', (error) => finish(error))
    connection.connect((error) => {
      if (error) return finish(error)
      signIn(connection, server, (refusal) => {
        if (refusal) return finish(refusal)
        if (envelope === null) return finish(null)
        connection.send({ from: envelope.from, to: [envelope.to] }, envelope.body, (failure, sent) =>
          finish(failure ?? null, sent?.response ?? ''),
        )
      })
    })
  })
}

function signIn(
  connection: SMTPConnection,
  { user, password, accessToken }: SmtpServer,
  done: (error: unknown) => void,
): void {
  if (user === null) return done(null)
  const auth =
    accessToken === undefined
      ? { user, credentials: { user, pass: password ?? '' } }
      : { user, method: 'XOAUTH2', oauth2: knownToken(user, accessToken) }
  connection.login(auth as never, (error) => done(error))
}

/** The token as the library asks for it; it is renewed elsewhere, never here. */
function knownToken(user: string, accessToken: string) {
  return {
    getToken: (isRetry: boolean, done: (error: Error | null, token?: string) => void) => {
      if (isRetry)
        done(Object.assign(new Error('the token was refused'), { code: 'EAUTH', responseCode: 535 }))
      else done(null, accessToken)
    },
    buildXOAuth2Token: (token: string) =>
      Buffer.from(`user=${user}\u0001auth=Bearer ${token}\u0001\u0001`).toString('base64'),
  }
}
