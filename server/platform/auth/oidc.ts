export const oidcProvider = 'company'

export interface OidcSettings {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  readonly title: string
}

/**
 * OpenID Connect code flow with PKCE, state and nonce. The identity is issuer and subject of the verified ID token;
 * name and address are read from that token too, so the provider must put `email` and `email_verified` into it.
 */
export function oidcConfig(oidc: OidcSettings) {
  return {
    providerId: oidcProvider,
    name: oidc.title,
    discoveryUrl: `${oidc.issuer.replace(/\/+$/, '')}/.well-known/openid-configuration`,
    clientId: oidc.clientId,
    clientSecret: oidc.clientSecret,
    scopes: ['openid', 'email', 'profile'],
    pkce: true,
    requireIdTokenVerification: true,
    disableProviderLogout: true,
    accountSubject: ({ profile }: { readonly profile: Readonly<Record<string, unknown>> }) =>
      typeof profile['sub'] === 'string' ? `${oidc.issuer} ${profile['sub']}` : '',
    getUserInfo: async (tokens: { readonly idToken?: string | undefined }) => claimsOf(tokens.idToken),
  }
}

/** The library has verified signature, issuer, audience, expiry and nonce by now; an unverified address is nobody's. */
function claimsOf(idToken: string | undefined) {
  const body = idToken?.split('.')[1]
  if (body === undefined) return null
  const claims: unknown = JSON.parse(Buffer.from(body, 'base64url').toString('utf8'))
  if (typeof claims !== 'object' || claims === null) return null
  const { sub, email, name, email_verified: verified } = claims as Readonly<Record<string, unknown>>
  if (typeof sub !== 'string' || typeof email !== 'string' || verified !== true) return null
  return { sub, email, emailVerified: true, name: typeof name === 'string' ? name : email }
}
