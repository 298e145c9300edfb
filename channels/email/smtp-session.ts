// One mail over one SMTP connection (RFC 5321). The server takes responsibility with its answer to the end of the data;
// so what fails before the data began did not happen, and what fails after it without an answer may have.
import { Readable, type Duplex } from 'node:stream'
import MailComposer from 'nodemailer/lib/mail-composer'
import SMTPConnection from 'nodemailer/lib/smtp-connection'
import type { Acted } from '../channel.ts'
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
  const raw = await new MailComposer({ ...mail, references: [...mail.references], date: now })
    .compile()
    .build()
  let hasBegun = false
  // The connection reads this only once the server has asked for the data.
  const body = Readable.from(
    (function* () {
      hasBegun = true
      yield raw
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

/** Resolves with the server's answer to the data. */
function converse(socket: Duplex, server: SmtpServer, envelope: Envelope): Promise<string> {
  return new Promise((resolve, reject) => {
    const connection = new SMTPConnection({
      // The type asks for a net.Socket; any duplex stream is one as far as it is used.
      connection: socket as never,
      host: server.host,
      port: server.port,
      secure: server.isSecure,
      requireTLS: server.needsTls,
      tls: { servername: server.host },
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
        connection.send({ from: envelope.from, to: [envelope.to] }, envelope.body, (failure, sent) =>
          finish(failure ?? null, sent?.response ?? ''),
        )
      })
    })
  })
}

function signIn(
  connection: SMTPConnection,
  { user, password }: SmtpServer,
  done: (error: unknown) => void,
): void {
  if (user === null) return done(null)
  connection.login({ user, credentials: { user, pass: password ?? '' } } as never, (error) => done(error))
}
