// One IMAP connection (RFC 3501, RFC 9051), with CONDSTORE where the server has it. QRESYNC would tell which mails were
// expunged: who tidies a mailbox takes no words back, so nobody asks. The address is checked by the port and connected
// to as it is; the certificate is checked against the name that was given.
import { isIP } from 'node:net'
import type { ImapFlow } from 'imapflow'
import { ChannelFailure } from '../channel.ts'
import type { Ports } from '../ports.ts'
import { mostBytes } from './bound-mail.ts'
import { readImapFailure } from './imap-failure.ts'
import type { MailboxSettings } from './mailbox-settings.ts'

const connectMs = 15_000
const greetingMs = 10_000

/** No word from the server for so long: the line is dead, whatever the socket says. */
const deadAfterMs = 90_000

/** Connected and signed in; throws a `ChannelFailure`. Whoever opens it closes it. */
export async function openImap(ports: Ports, settings: MailboxSettings): Promise<ImapFlow> {
  const { imap, signIn, user, ca } = settings
  if (signIn.kind === 'oauth2' && signIn.accessToken === '') {
    throw new ChannelFailure('auth.expired', 'There is no access token yet.')
  }
  // Loaded by the first mailbox that is opened: it costs memory that most installations need not spend.
  const imapflow = await import('imapflow')
  let client: ImapFlow | null = null
  try {
    const address = await ports.socket.addressOf({ host: imap.host, port: imap.port })
    client = new imapflow.ImapFlow({
      host: address,
      port: imap.port,
      secure: imap.security === 'tls',
      ...(imap.security === 'tls' ? {} : { doSTARTTLS: imap.security === 'starttls' }),
      ...(isIP(imap.host) === 0 ? { servername: imap.host } : {}),
      tls: { rejectUnauthorized: true, minVersion: 'TLSv1.2', ...(ca === null ? {} : { ca: [ca] }) },
      auth:
        signIn.kind === 'password'
          ? { user, pass: signIn.password }
          : { user, accessToken: signIn.accessToken },
      logger: false,
      clientInfo: { name: 'Horseshoe' },
      disableAutoIdle: true,
      connectionTimeout: connectMs,
      greetingTimeout: greetingMs,
      socketTimeout: deadAfterMs,
      maxLineLength: 8 * 1024 * 1024,
      maxLiteralSize: mostBytes + 1024,
      maxResponseSize: 2 * mostBytes,
    })
    // A broken line is told by the command that waits for it; without a listener it would end the process.
    client.on('error', () => {})
    await client.connect()
    return client
  } catch (error) {
    client?.close()
    throw readImapFailure(error, signIn)
  }
}

/** Runs the work on a connection of its own; what it throws is told as a `ChannelFailure`. */
export async function withImap<Value>(
  ports: Ports,
  settings: MailboxSettings,
  work: (client: ImapFlow) => Promise<Value>,
): Promise<Value> {
  const client = await openImap(ports, settings)
  try {
    return await work(client)
  } catch (error) {
    throw readImapFailure(error, settings.signIn)
  } finally {
    client.close()
  }
}

/** The folder of sent mails: the one named, or the one that the server marks (RFC 6154); null where there is none. */
export async function findSentFolder(client: ImapFlow, settings: MailboxSettings): Promise<string | null> {
  if (settings.sentFolder !== null) return settings.sentFolder
  const folders = await client.list()
  return folders.find(({ specialUse }) => specialUse === '\\Sent')?.path ?? null
}
