import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

// An OpenID provider of a company (OpenID Connect Core 1.0, code flow with PKCE) that says whatever a test tells it to.

export interface IdentityProvider {
  readonly issuer: string
  /** Plays the person at the provider: answers with the address to which the browser is sent back. */
  authorize(
    url: string,
    claims: Readonly<Record<string, unknown>>,
    forgery?: 'unsigned' | 'other key',
  ): string
  close(): Promise<void>
}

interface Grant {
  readonly challenge: string
  readonly idToken: string
}

export const clientId = 'horseshoe'
export const clientSecret = 'a secret of the provider'

export async function startIdentityProvider(): Promise<IdentityProvider> {
  const keys = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const strange = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const grants = new Map<string, Grant>()
  let issuer = ''

  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const answer = respond(request.url ?? '', new URLSearchParams(Buffer.concat(chunks).toString()))
    response.writeHead(answer === undefined ? 400 : 200, { 'content-type': 'application/json' })
    response.end(JSON.stringify(answer ?? { error: 'invalid_grant' }))
  })

  function respond(path: string, form: URLSearchParams): unknown {
    if (path === '/.well-known/openid-configuration') return discovery(issuer)
    if (path === '/jwks')
      return { keys: [{ ...keys.publicKey.export({ format: 'jwk' }), kid: 'k1', alg: 'RS256', use: 'sig' }] }
    const grant = grants.get(form.get('code') ?? '')
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url')
    if (path !== '/token' || grant === undefined || grant.challenge !== challenge) return undefined
    grants.delete(form.get('code') ?? '')
    return { access_token: 'a', token_type: 'Bearer', expires_in: 300, id_token: grant.idToken }
  }

  function token(claims: unknown, forgery?: string): string {
    const header = { alg: forgery === 'unsigned' ? 'none' : 'RS256', kid: 'k1', typ: 'JWT' }
    const signed = [header, claims]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.')
    if (forgery === 'unsigned') return `${signed}.`
    const key = forgery === 'other key' ? strange.privateKey : keys.privateKey
    return `${signed}.${sign('sha256', Buffer.from(signed), key).toString('base64url')}`
  }

  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    issuer,
    authorize(url, claims, forgery) {
      const asked = new URL(url).searchParams
      const now = Math.floor(Date.now() / 1000)
      const usual = { iss: issuer, aud: clientId, iat: now, exp: now + 300, nonce: asked.get('nonce') }
      const code = `code-${grants.size}-${now}`
      grants.set(code, {
        challenge: asked.get('code_challenge') ?? '',
        idToken: token({ ...usual, ...claims }, forgery),
      })
      const back = new URL(asked.get('redirect_uri') ?? '')
      back.searchParams.set('code', code)
      back.searchParams.set('state', asked.get('state') ?? '')
      return back.toString()
    },
    close: () => new Promise((done) => server.close(() => done())),
  }
}

function discovery(issuer: string): unknown {
  return {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/jwks`,
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
  }
}
