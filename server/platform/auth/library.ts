import { passkey } from '@better-auth/passkey'
import { betterAuth } from 'better-auth'
import { APIError } from 'better-auth/api'
import { genericOAuth, twoFactor } from 'better-auth/plugins'
import { newId } from '../ids.ts'
import type { Library, LibraryOptions } from './lazy-library.ts'
import { oidcConfig, oidcProvider } from './oidc.ts'
import { hashPassword, verifyPassword } from './passwords.ts'
import { addressHeader, basePath, cookiePrefix, idleSeconds, trustedOrigins } from './sign-in-place.ts'

const hour = 3_600

/** One instance of the sign-in library, set up our way. Nothing in it calls out but the company sign-in. */
export function makeLibrary(options: LibraryOptions): Library {
  const auth = betterAuth({
    appName: 'Horseshoe',
    baseURL: options.publicUrl,
    basePath,
    secret: options.secret,
    database: { db: options.db, type: 'postgres', schemaName: 'auth', transaction: true },
    telemetry: { enabled: false },
    trustedOrigins: trustedOrigins(options.publicUrl),
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: 12,
      maxPasswordLength: 256,
      password: { hash: hashPassword, verify: ({ hash, password }) => verifyPassword(hash, password) },
    },
    session: { expiresIn: idleSeconds, updateAge: 300, freshAge: hour },
    account: {
      accountLinking: { enabled: true, allowDifferentEmails: false, requireLocalEmailVerified: true },
    },
    rateLimit: { enabled: false },
    onAPIError: { errorURL: `${options.publicUrl}/sign-in?failed=1` },
    advanced: advanced(options.publicUrl),
    databaseHooks: {
      user: { create: { before: (user) => checkJoin(user, options.mayJoin) } },
      account: {
        create: { before: async () => ({ data: noTokens }) },
        update: { before: async () => ({ data: noTokens }) },
      },
    },
    logger: {
      level: 'error',
      log: (_level, message) => options.log.error({ detail: message }, 'sign-in library'),
    },
    plugins: plugins(options),
  })
  return {
    handle: (request) => auth.handler(request),
    session: (headers) => auth.api.getSession({ headers }),
    knowsOidc: async () => (await auth.$context).socialProviders.some(({ id }) => id === oidcProvider),
  }
}

function advanced(publicUrl: string) {
  return {
    cookiePrefix: cookiePrefix(publicUrl),
    // The library's own prefix would be `__Secure-`; ours says more.
    useSecureCookies: false,
    defaultCookieAttributes: {
      secure: publicUrl.startsWith('https:'),
      httpOnly: true,
      sameSite: 'lax' as const,
    },
    disableOriginCheck: false,
    disableCSRFCheck: false,
    ipAddress: { ipAddressHeaders: [addressHeader] },
    database: { generateId: () => newId() },
  }
}

function plugins({ publicUrl, oidc }: LibraryOptions) {
  return [
    twoFactor({ issuer: 'Horseshoe', accountLockout: { maxFailedAttempts: 10, durationSeconds: hour } }),
    passkey({
      rpID: new URL(publicUrl).hostname,
      rpName: 'Horseshoe',
      origin: trustedOrigins(publicUrl),
      authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
      authentication: {
        // A passkey stands for both factors, so the device must have asked for finger, face or number.
        afterVerification: async ({ verification }) => {
          if (!verification.authenticationInfo?.userVerified) throw new APIError('UNAUTHORIZED')
        },
      },
    }),
    ...(oidc === undefined ? [] : [genericOAuth({ config: [oidcConfig(oidc)] })]),
  ]
}

/** We need nothing from the identity provider after sign-in, so its tokens are not kept. */
const noTokens = {
  accessToken: null,
  refreshToken: null,
  idToken: null,
  accessTokenExpiresAt: null,
  refreshTokenExpiresAt: null,
}

/** Accounts come into being here by company sign-in only: for somebody invited, under a verified address. */
async function checkJoin(
  user: { readonly email: string; readonly emailVerified: boolean },
  mayJoin: (email: string) => Promise<boolean>,
): Promise<boolean> {
  return user.emailVerified && (await mayJoin(user.email))
}
