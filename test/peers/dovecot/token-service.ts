// A small authorization server: gives access tokens for a refresh token (RFC 6749 6) and says which are good (RFC 7662,
// as Dovecot asks).
import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

export interface TokenService {
  readonly port: number
  readonly tokenUrl: string
  /** Dovecot puts the token behind it. */
  readonly introspectionUrl: string
  readonly first: { readonly accessToken: string; readonly refreshToken: string }
  readonly isGood: (user: string, token: string) => boolean
  /** `expired`: the tokens given so far are good no more. `revoked`: nor are new ones given. */
  readonly set: (state: 'well' | 'expired' | 'revoked') => void
  close(): Promise<void>
}

export async function startTokenService(email: string): Promise<TokenService> {
  const given = new Set<string>()
  const stale = new Set<string>()
  let isRevoked = false
  const give = (): string => {
    const token = randomBytes(24).toString('base64url')
    given.add(token)
    return token
  }
  const first = { accessToken: give(), refreshToken: randomBytes(24).toString('base64url') }
  const isActive = (token: string): boolean => given.has(token) && !stale.has(token) && !isRevoked
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://localhost')
    if (url.pathname === '/introspect') {
      const active = isActive(url.searchParams.get('token') ?? '')
      return say(response, 200, active ? { active: true, email } : { active: false })
    }
    const form = new URLSearchParams(await text(request))
    const isKnown =
      form.get('grant_type') === 'refresh_token' && form.get('refresh_token') === first.refreshToken
    if (!isKnown || isRevoked) return say(response, 400, { error: 'invalid_grant' })
    say(response, 200, { access_token: give(), token_type: 'Bearer', expires_in: 3600 })
  }
  const server = createServer((request, response) => void answer(request, response))
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  return {
    port,
    tokenUrl: `http://127.0.0.1:${port}/token`,
    introspectionUrl: `http://127.0.0.1:${port}/introspect?token=`,
    first,
    isGood: (user, token) => user === email && isActive(token),
    set(state) {
      isRevoked = state === 'revoked'
      if (state === 'expired') for (const token of given) stale.add(token)
      else stale.clear()
    },
    async close() {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}

function say(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify(body))
}
