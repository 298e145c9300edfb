// Which of the library's endpoints are open, and what each has to do with. Everything else answers 404: sign-up, change
// of address, reset by mail, deletion, and whatever a newer version of the library brings.

export interface AuthPath {
  readonly method: 'GET' | 'POST'
  /** How tries are counted: by the address in the body, by the signed-in account, or by the caller only. */
  readonly guess?: 'password-of-email' | 'password-of-session' | 'code'
  /** A successful call brings a new session. */
  readonly signsIn?: true
  /** A successful call ends the other sessions of the account. */
  readonly endsOthers?: true
  /** Served by the instance that knows the company sign-in. */
  readonly isOidc?: true
}

export const authPaths: Readonly<Record<string, AuthPath>> = {
  '/sign-in/email': { method: 'POST', guess: 'password-of-email', signsIn: true },
  '/sign-out': { method: 'POST' },
  '/get-session': { method: 'GET' },
  '/list-sessions': { method: 'GET' },
  '/revoke-session': { method: 'POST' },
  '/revoke-other-sessions': { method: 'POST' },
  '/change-password': { method: 'POST', guess: 'password-of-session', endsOthers: true },
  '/two-factor/enable': { method: 'POST', guess: 'password-of-session' },
  '/two-factor/disable': { method: 'POST', guess: 'password-of-session', endsOthers: true },
  '/two-factor/verify-totp': { method: 'POST', guess: 'code', signsIn: true },
  '/two-factor/verify-backup-code': { method: 'POST', guess: 'code', signsIn: true },
  '/two-factor/generate-backup-codes': { method: 'POST', guess: 'password-of-session' },
  '/passkey/generate-register-options': { method: 'GET' },
  '/passkey/verify-registration': { method: 'POST' },
  '/passkey/generate-authenticate-options': { method: 'GET' },
  '/passkey/verify-authentication': { method: 'POST', guess: 'code', signsIn: true },
  '/passkey/list-user-passkeys': { method: 'GET' },
  '/passkey/delete-passkey': { method: 'POST' },
  '/passkey/update-passkey': { method: 'POST' },
  '/list-accounts': { method: 'GET' },
  '/sign-in/social': { method: 'POST', isOidc: true },
  '/link-social': { method: 'POST', isOidc: true },
  '/unlink-account': { method: 'POST', isOidc: true },
  '/callback/company': { method: 'GET', isOidc: true },
}
