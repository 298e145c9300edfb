import type { AddressInfo, Socket } from 'node:net'
import { buffer } from 'node:stream/consumers'
import PostalMime, { type Email } from 'postal-mime'
import { SMTPServer } from 'smtp-server'

/** Where a talk with the mail server stands. `kept`: it has the mail and has not said so yet. */
export type MailStage = 'connected' | 'sender' | 'recipient' | 'kept'

export interface MailFault {
  readonly at: MailStage
  /** An answer of the server, or its end of the line. Called instead of going on. */
  readonly then: 'drop' | { readonly code: number; readonly message: string } | (() => Promise<void>)
}

/** A real SMTP server that keeps what it takes and fails when told to. */
export interface MailServer {
  readonly url: string
  readonly port: number
  /** Mails that it took responsibility for, or would have if it had not been cut off while saying so. */
  readonly kept: Email[]
  /** How often anybody connected. */
  readonly connections: () => number
  fault: MailFault | null
  close(): Promise<void>
}

export interface MailServerOptions {
  /** Speaks TLS, from the first byte or when asked to; no TLS where left out. */
  readonly tls?: { readonly key: string; readonly cert: string; readonly mode: 'tls' | 'starttls' }
  /** Whether an access token (XOAUTH2) is good for a user. */
  readonly isToken?: (user: string, token: string) => boolean
  /** Awaited before the server says that it took a mail. */
  readonly onKept?: (raw: Buffer) => Promise<void>
}

export async function startMailServer(
  account: { readonly user: string; readonly password: string } | null = null,
  { tls, isToken, onKept }: MailServerOptions = {},
): Promise<MailServer> {
  const kept: Email[] = []
  const sockets = new Set<Socket>()
  let connections = 0
  async function meet(at: MailStage): Promise<Error | null> {
    const { fault } = peer
    if (fault === null || fault.at !== at) return null
    if (typeof fault.then === 'function') {
      await fault.then()
      return null
    }
    if (fault.then !== 'drop') {
      return Object.assign(new Error(fault.then.message), { responseCode: fault.then.code })
    }
    for (const socket of sockets) socket.destroy()
    return new Error('dropped')
  }
  const server = new SMTPServer({
    authOptional: true,
    secure: tls?.mode === 'tls',
    ...(tls === undefined ? {} : { key: tls.key, cert: tls.cert }),
    ...(isToken === undefined ? {} : { authMethods: ['XOAUTH2', 'PLAIN', 'LOGIN'] }),
    disabledCommands: disabled(account !== null || isToken !== undefined, tls?.mode),
    allowInsecureAuth: tls === undefined,
    onAuth({ method, username = '', password, accessToken }, _session, done) {
      const isGood =
        method === 'XOAUTH2'
          ? isToken?.(username, accessToken ?? '') === true
          : account !== null && username === account.user && password === account.password
      if (isGood) done(null, { user: username })
      else done(Object.assign(new Error('wrong password'), { responseCode: 535 }))
    },
    disableReverseLookup: true,
    logger: false,
    onConnect(_session, done) {
      connections += 1
      void meet('connected').then(done)
    },
    onMailFrom: (_address, _session, done) => void meet('sender').then(done),
    onRcptTo: (_address, _session, done) => void meet('recipient').then(done),
    onData(stream, _session, done) {
      void buffer(stream).then(async (raw) => {
        const { fault } = peer
        const isRefused = fault?.at === 'kept' && typeof fault.then === 'object'
        if (!isRefused) {
          kept.push(await PostalMime.parse(raw))
          await onKept?.(raw)
        }
        done(await meet('kept'))
      })
    },
  })
  server.on('error', () => {})
  server.server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.server.address() as AddressInfo
  const peer: MailServer = {
    url: `smtp://127.0.0.1:${port}`,
    port,
    kept,
    connections: () => connections,
    fault: null,
    async close() {
      for (const socket of sockets) socket.destroy()
      await new Promise<void>((done) => server.close(() => done()))
    },
  }
  return peer
}

function disabled(canSignIn: boolean, mode: 'tls' | 'starttls' | undefined): string[] {
  return [...(canSignIn ? [] : ['AUTH']), ...(mode === 'starttls' ? [] : ['STARTTLS'])]
}
