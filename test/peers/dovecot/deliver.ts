// LMTP (RFC 2033), by which a mail server hands over what it took. One connection, one mail after the other.
import SMTPConnection from 'nodemailer/lib/smtp-connection'

export interface Envelope {
  /** Empty for what no answer may come to, as a bounce. */
  readonly from: string
  readonly to: readonly string[]
  readonly raw: string | Buffer
}

export interface Lmtp {
  deliver(envelope: Envelope): Promise<void>
  close(): void
}

export function openLmtp(server: { readonly host: string; readonly port: number }): Lmtp {
  let connection: Promise<SMTPConnection> | null = null
  let last: Promise<unknown> = Promise.resolve()
  return {
    deliver(envelope) {
      const sent = last.then(async () => {
        connection ??= connect(server)
        try {
          await send(await connection, envelope)
        } catch (error) {
          connection = null
          throw error
        }
      })
      last = sent.catch(() => {})
      return sent
    },
    close() {
      void connection?.then((open) => open.close()).catch(() => {})
    },
  }
}

async function connect({
  host,
  port,
}: {
  readonly host: string
  readonly port: number
}): Promise<SMTPConnection> {
  const connection = new SMTPConnection({
    host,
    port,
    lmtp: true,
    ignoreTLS: true,
    logger: false,
    socketTimeout: 600_000,
  })
  await new Promise<void>((resolve, reject) => {
    connection.once('error', reject)
    connection.connect((error) => (error ? reject(error) : resolve()))
  })
  connection.on('error', () => {})
  return connection
}

function send(connection: SMTPConnection, { from, to, raw }: Envelope): Promise<void> {
  return new Promise((resolve, reject) => {
    const done = (error: Error | null): void => (error ? reject(error) : resolve())
    connection.send({ from: from === '' ? false : from, to: [...to] }, raw, done)
  })
}
