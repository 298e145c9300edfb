// The sign-in service of the server (/api/auth) by plain requests: its own client would weigh more than the page.

export interface AuthFailure {
  readonly isOk: false
  readonly words: string
}
type AuthResult<Value> = { readonly isOk: true; readonly value: Value } | AuthFailure

export interface Passkey {
  readonly id: string
  readonly name?: string | null
  readonly createdAt?: string
}

export interface AuthOptions {
  readonly oidc: readonly { readonly id: string; readonly title: string }[]
}

const said: Readonly<Record<string, string>> = {
  INVALID_EMAIL_OR_PASSWORD: 'This address and password do not belong together. Check both and try again.',
  INVALID_PASSWORD: 'This is not your password.',
  INVALID_CODE: 'This code is not right. Codes change every 30 seconds; take the newest.',
  INVALID_TWO_FACTOR_COOKIE: 'Too much time went by. Please sign in again.',
  OTP_HAS_EXPIRED: 'This code has expired. Take the newest.',
  INVALID_BACKUP_CODE: 'This backup code is not right, or was used before.',
  PASSWORD_TOO_SHORT: 'The password needs at least 12 characters.',
  PASSKEY_NOT_FOUND: 'This passkey is not known here.',
  SESSION_NOT_FRESH: 'For this, sign out and sign in again first.',
}

/** Signs in; `needsCode` where two-factor is on. */
export async function signInWithPassword(
  email: string,
  password: string,
): Promise<AuthResult<{ readonly needsCode: boolean }>> {
  const result = await post<{ twoFactorRedirect?: boolean }>('/sign-in/email', {
    email,
    password,
    rememberMe: true,
  })
  return result.isOk ? { isOk: true, value: { needsCode: result.value.twoFactorRedirect === true } } : result
}

export function verifyCode(code: string, trustDevice: boolean): Promise<AuthResult<unknown>> {
  return /^\d{6}$/.test(code)
    ? post('/two-factor/verify-totp', { code, trustDevice })
    : post('/two-factor/verify-backup-code', { code, trustDevice })
}

export async function signInWithPasskey(): Promise<AuthResult<unknown>> {
  const options = await get<PublicKeyCredentialRequestOptionsJSON>('/passkey/generate-authenticate-options')
  if (!options.isOk) return options
  return withDevice(async () => {
    const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options.value)
    const credential = await navigator.credentials.get({ publicKey })
    return post('/passkey/verify-authentication', { response: toJson(credential) })
  })
}

export async function addPasskey(name: string): Promise<AuthResult<unknown>> {
  const options = await get<PublicKeyCredentialCreationOptionsJSON>('/passkey/generate-register-options')
  if (!options.isOk) return options
  return withDevice(async () => {
    const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options.value)
    const credential = await navigator.credentials.create({ publicKey })
    return post('/passkey/verify-registration', { response: toJson(credential), name })
  })
}

export function listPasskeys(): Promise<AuthResult<readonly Passkey[]>> {
  return get('/passkey/list-user-passkeys')
}

export function removePasskey(id: string): Promise<AuthResult<unknown>> {
  return post('/passkey/delete-passkey', { id })
}

export function changePassword(currentPassword: string, newPassword: string): Promise<AuthResult<unknown>> {
  return post('/change-password', { currentPassword, newPassword, revokeOtherSessions: true })
}

/** Begins two-factor: it is on only after the first code was verified. */
export function beginTwoFactor(
  password: string,
): Promise<AuthResult<{ readonly totpURI: string; readonly backupCodes: readonly string[] }>> {
  return post('/two-factor/enable', { password })
}

export function endTwoFactor(password: string): Promise<AuthResult<unknown>> {
  return post('/two-factor/disable', { password })
}

/** Where to send the browser to sign in with the company's own service. */
export async function signInElsewhere(
  provider: string,
  callbackURL: string,
): Promise<AuthResult<{ readonly url: string }>> {
  return post('/sign-in/social', { provider, callbackURL, errorCallbackURL: '/sign-in?failed=1' })
}

export async function readAuthOptions(): Promise<AuthOptions> {
  const response = await fetch('/api/auth-options', { credentials: 'same-origin' })
  return response.ok ? ((await response.json()) as AuthOptions) : { oidc: [] }
}

export async function endSession(): Promise<void> {
  const result = await post('/sign-out', {})
  if (!result.isOk) throw new Error(result.words)
}

export function canUsePasskeys(): boolean {
  return typeof PublicKeyCredential !== 'undefined' && 'parseRequestOptionsFromJSON' in PublicKeyCredential
}

async function withDevice(work: () => Promise<AuthResult<unknown>>): Promise<AuthResult<unknown>> {
  try {
    return await work()
  } catch (error) {
    const isCancelled = error instanceof DOMException && /NotAllowed|Abort/.test(error.name)
    const words = isCancelled
      ? 'The passkey was not used. Try again, or sign in with your password.'
      : 'This device could not use the passkey.'
    return { isOk: false, words }
  }
}

function toJson(credential: Credential | null): unknown {
  return credential instanceof PublicKeyCredential ? credential.toJSON() : null
}

function get<Value>(path: string): Promise<AuthResult<Value>> {
  return ask<Value>(path, { method: 'GET' })
}

function post<Value>(path: string, body: unknown): Promise<AuthResult<Value>> {
  return ask<Value>(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
}

async function ask<Value>(path: string, init: RequestInit): Promise<AuthResult<Value>> {
  try {
    const response = await fetch(`/api/auth${path}`, { ...init, credentials: 'same-origin' })
    const body: unknown = await response.json().catch(() => ({}))
    if (response.ok) return { isOk: true, value: body as Value }
    return { isOk: false, words: sayFailure(response.status, body) }
  } catch {
    return { isOk: false, words: 'The server does not answer. Check the connection, then try again.' }
  }
}

function sayFailure(status: number, body: unknown): string {
  if (status === 429) return 'Too many tries. Please wait a minute.'
  const { code, message } = (body ?? {}) as { code?: string; message?: string }
  return said[code ?? ''] ?? message ?? 'That did not work. Please try again.'
}
