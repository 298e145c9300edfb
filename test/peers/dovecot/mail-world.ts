// A company's mailbox on Dovecot, its submission server, and everything around them, as the tests of the channel need it.
import { ImapFlow } from 'imapflow'
import type { Link } from '../../../channels/channel.ts'
import type { LineFault } from './bad-line.ts'
import { openBadLine } from './bad-line.ts'
import { startDovecot, type Dovecot } from './start-dovecot.ts'
import { startTokenService, type TokenService } from './token-service.ts'
import { startMailServer, type MailServer } from '../mail-server.ts'

export const ourAddress = 'care@acme.example'
const ourPassword = 'correct horse battery'

export interface WorldOptions {
  readonly signIn: 'password' | 'oauth2'
  readonly security: 'tls' | 'starttls' | 'none'
  /** The submission server files what it takes among the sent mails, as the large providers do. */
  readonly filesByItself?: boolean
  /** The company's address. Default `ourAddress`. */
  readonly address?: string
}

export interface MailWorld {
  readonly dovecot: Dovecot
  readonly smtp: MailServer
  readonly tokens: TokenService | null
  /** `host:port` of everything that the channel may reach. */
  readonly trusted: readonly string[]
  readonly link: Link
  lineFault(fault: LineFault | null): void
  /** The company's mailbox as another mail program sees it. */
  ourProgram<Value>(work: (client: ImapFlow) => Promise<Value>): Promise<Value>
  close(): Promise<void>
}

export async function startMailWorld(options: WorldOptions): Promise<MailWorld> {
  const { signIn, security, address = ourAddress } = options
  const tokens = signIn === 'oauth2' ? await startTokenService(address) : null
  const dovecot = await startDovecot(tokens === null ? {} : { introspectionUrl: tokens.introspectionUrl })
  dovecot.setUser(address, ourPassword)
  const { cert, key } = dovecot
  let filing: Promise<ImapFlow> | undefined
  const smtp = await startMailServer(
    { user: address, password: ourPassword },
    {
      ...(security === 'none' ? {} : { tls: { cert, key, mode: security } }),
      ...(tokens === null ? {} : { isToken: tokens.isGood }),
      onKept: async (raw) => {
        if (options.filesByItself) {
          filing ??= connectOurs()
          await (await filing).append('Sent', raw, ['\\Seen'])
        }
      },
    },
  )
  const imapLine = await openBadLine(security === 'tls' ? dovecot.imapsPort : dovecot.imapPort)
  const smtpLine = await openBadLine(smtp.port)
  const host = security === 'none' ? '127.0.0.1' : 'localhost'
  const ports = [imapLine.port, smtpLine.port, ...(tokens === null ? [] : [tokens.port])]
  async function connectOurs(): Promise<ImapFlow> {
    const auth = { user: address, pass: ourPassword }
    const where = { host: '127.0.0.1', port: dovecot.imapPort, secure: false, doSTARTTLS: false }
    const client = new ImapFlow({ ...where, auth, logger: false, disableAutoIdle: true })
    client.on('error', () => {})
    await client.connect()
    return client
  }
  async function ourProgram<Value>(work: (client: ImapFlow) => Promise<Value>): Promise<Value> {
    const client = await connectOurs()
    try {
      return await work(client)
    } finally {
      client.close()
    }
  }
  return {
    dovecot,
    smtp,
    tokens,
    trusted: ports.flatMap((port) => [`127.0.0.1:${port}`, `localhost:${port}`]),
    link: linkOf({ address, host, imap: imapLine.port, smtp: smtpLine.port, security, tokens, cert }),
    lineFault(fault) {
      imapLine.fault(fault)
      smtpLine.fault(fault)
    },
    ourProgram,
    async close() {
      ;(await filing)?.close()
      await Promise.all([imapLine.close(), smtpLine.close(), smtp.close(), tokens?.close()])
      await dovecot.close()
    },
  }
}

interface LinkFacts {
  readonly address: string
  readonly host: string
  readonly imap: number
  readonly smtp: number
  readonly security: WorldOptions['security']
  readonly tokens: TokenService | null
  readonly cert: string
}

function linkOf({ address, host, imap, smtp, security, tokens, cert }: LinkFacts): Link {
  const config = {
    address,
    imapHost: host,
    imapPort: String(imap),
    imapSecurity: security,
    smtpHost: host,
    smtpPort: String(smtp),
    smtpSecurity: security,
    user: '',
    auth: tokens === null ? 'password' : 'oauth2',
    clientId: 'horseshoe',
    tokenUrl: tokens?.tokenUrl ?? '',
    folder: 'INBOX',
    sentFolder: '',
    sentCopy: 'auto',
    quote: 'no',
    authserv: 'mx.acme.example',
    ca: security === 'none' ? '' : cert,
  }
  return {
    id: 'link-1',
    account: {
      id: address,
      handle: address,
      name: address,
      url: `mailto:${address}`,
      avatarUrl: null,
    },
    config,
    secrets: tokens === null ? { password: ourPassword } : tokens.first,
    hookUrl: 'https://horseshoe.example/hooks/link-1',
  }
}
