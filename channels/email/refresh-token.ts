// Access tokens are renewed by the refresh token (RFC 6749 6).
import { ChannelFailure } from '../channel.ts'
import type { Ports } from '../ports.ts'
import type { SignIn } from './mailbox-settings.ts'

export async function refreshToken(ports: Ports, signIn: SignIn): Promise<Readonly<Record<string, string>>> {
  if (signIn.kind !== 'oauth2' || signIn.refreshToken === '') {
    throw new ChannelFailure('auth.revoked', 'There is no refresh token: sign in to the mailbox anew.')
  }
  const form = new URLSearchParams({ grant_type: 'refresh_token', refresh_token: signIn.refreshToken })
  if (signIn.clientId !== '') form.set('client_id', signIn.clientId)
  if (signIn.clientSecret !== '') form.set('client_secret', signIn.clientSecret)
  const answer = await ask(ports, signIn.tokenUrl, form.toString())
  const fields = parse(answer.body)
  if (answer.status >= 500) {
    throw new ChannelFailure('network.down', `The token endpoint answered ${answer.status}.`)
  }
  if (answer.status !== 200 || typeof fields['access_token'] !== 'string') {
    const why =
      typeof fields['error'] === 'string' ? fields['error'].slice(0, 100) : `status ${answer.status}`
    throw new ChannelFailure('auth.revoked', `The provider gives no new access token: ${why}. Sign in anew.`)
  }
  const rotated = fields['refresh_token']
  const accessToken = fields['access_token']
  return typeof rotated === 'string' && rotated !== ''
    ? { accessToken, refreshToken: rotated }
    : { accessToken }
}

async function ask(ports: Ports, url: string, body: string) {
  try {
    return await ports.http.fetch({
      url,
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
      body,
      maxBytes: 100_000,
    })
  } catch (error) {
    throw new ChannelFailure('network.down', 'The token endpoint cannot be reached.', { cause: error })
  }
}

function parse(body: Buffer): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'))
    return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {}
  } catch {
    return {}
  }
}
