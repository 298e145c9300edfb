// LMTP (RFC 2033), by which a mail server hands over what it took.
import SMTPConnection from 'nodemailer/lib/smtp-connection'

export interface Envelope {
  /** Empty for what no answer may come to, as a bounce. */
  readonly from: string
  readonly to: readonly string[]
  readonly raw: string | Buffer
}

export function deliver(
  server: { readonly host: string; readonly port: number },
  envelope: Envelope,
): Promise<void> {
  return deliverAll(server, [envelope])
}

/** Many mails over one connection. */
export async function deliverAll(
  { host, port }: { readonly host: string; readonly port: number },
  envelopes: readonly Envelope[],
): Promise<void> {
  const connection = new SMTPConnection({ host, port, lmtp: true, ignoreTLS: true, logger: false })
  try {
    await new Promise<void>((resolve, reject) => {
      connection.once('error', reject)
      connection.connect((error) => (error ? reject(error) : resolve()))
    })
    for (const { from, to, raw } of envelopes) {
      await new Promise<void>((resolve, reject) => {
        connection.send({ from: from === '' ? false : from, to: [...to] }, raw, (error) =>
          error ? reject(error) : resolve(),
        )
      })
    }
  } finally {
    connection.close()
  }
}
