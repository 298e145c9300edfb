// What happens at the door and belongs into the audit trail of every workspace of the account.

export type AuthAct =
  | 'sign-in.done'
  | 'sign-in.code-asked'
  | 'sign-in.failed'
  | 'sign-out.done'
  | 'sessions.ended'
  | 'password.changed'
  | 'two-factor.on'
  | 'two-factor.off'
  | 'backup-codes.made'
  | 'passkey.added'
  | 'passkey.removed'

export interface AuthEvent {
  readonly act: AuthAct
  /** How they signed in, where that is what happened. */
  readonly by: 'password' | 'code' | 'passkey' | 'company' | null
  /** Whose account: known by id, or by the address that somebody typed, which may be nobody's. */
  readonly account: { readonly userId: string } | { readonly email: string }
  readonly address: string
  readonly device: string
}

export interface Outcome {
  readonly path: string
  readonly ok: boolean
  /** A wrong guess, counted as such. */
  readonly isWrong: boolean
  /** A new session came of it. */
  readonly isSignIn: boolean
  /** Somebody was signed in before. */
  readonly wasIn: boolean
}

const acts: Readonly<Record<string, AuthAct>> = {
  '/sign-out': 'sign-out.done',
  '/revoke-session': 'sessions.ended',
  '/revoke-other-sessions': 'sessions.ended',
  '/change-password': 'password.changed',
  '/two-factor/disable': 'two-factor.off',
  '/two-factor/generate-backup-codes': 'backup-codes.made',
  '/passkey/verify-registration': 'passkey.added',
  '/passkey/delete-passkey': 'passkey.removed',
}

/** What a call to the sign-in service did; null where it is not worth a line. */
export function actOf({ path, ok, isWrong, isSignIn, wasIn }: Outcome): AuthAct | null {
  if (path === '/sign-in/email' && isWrong) return 'sign-in.failed'
  if (!ok) return null
  if (path === '/two-factor/verify-totp' && wasIn) return 'two-factor.on'
  if (isSignIn && !wasIn) return 'sign-in.done'
  if (isSignIn && path === '/sign-in/email') return 'sign-in.done'
  if (path === '/sign-in/email') return 'sign-in.code-asked'
  return wasIn ? (acts[path] ?? null) : null
}

/** By what somebody signed in over a path. */
export function wayOf(path: string): AuthEvent['by'] {
  if (path === '/sign-in/email') return 'password'
  if (path.startsWith('/two-factor/')) return 'code'
  return path.startsWith('/passkey/') ? 'passkey' : 'company'
}
