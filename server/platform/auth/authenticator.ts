import type { Permission, Role } from '../../../contract/policy.ts'
import type { Scope } from '../db/scope.ts'
import type { AuthEvent } from './auth-event.ts'

/** Somebody signed in, whatever the workspace. */
export interface SignedIn {
  readonly userId: string
  readonly name: string
  readonly email: string
  readonly twoFactor: boolean
}

/** A member or key within one workspace. The workspace comes from membership or key, never from the body. */
export interface Principal {
  readonly scope: Scope
  readonly slug: string
  readonly role: Role | null
  readonly memberId: string | null
  readonly functions: readonly string[]
  readonly permissions: ReadonlySet<Permission>
}

export interface NewUser {
  readonly name: string
  readonly email: string
  readonly password: string
}

export type UserCreated =
  | { readonly ok: true; readonly userId: string }
  | { readonly ok: false; readonly reason: 'weak-password' | 'email-taken' }

export interface Authenticator {
  signedIn(headers: Headers): Promise<SignedIn | null>
  /** Reads session or key, and the header `Horseshoe-Workspace` (the slug) where there are several memberships. */
  principal(headers: Headers): Promise<Principal | null>
  /** Makes an account. Only owner set-up, invitations and the command line come here: there is no open sign-up. */
  createUser(user: NewUser): Promise<UserCreated>
  /** The account of an e-mail address, whatever its case. */
  userByEmail(email: string): Promise<{ readonly userId: string; readonly name: string } | null>
  /** Takes an account away that belongs to no workspace; does nothing to any other. */
  removeUser(userId: string): Promise<void>
  /** Sets a new password and ends every session of the account; false where there is no such account. */
  replacePassword(email: string, password: string): Promise<'replaced' | 'no-account' | 'weak-password'>
  /** Removes what has run out: sessions, challenges, counted guesses. To be called about once a day. */
  tidy(): Promise<void>
  /** Forgets who was let in a moment ago: call it after a role, membership or key has changed. */
  forget(): void
}

/** The ways in that a sign-in page can offer beside password and passkey. */
export interface AuthOptions {
  readonly oidc: readonly { readonly id: string; readonly title: string }[]
}

/** What the web server mounts at `/api/auth/*`, over what the slices see. */
export interface AuthDoor extends Authenticator {
  /** `address` is the caller's, from the socket or a trusted proxy; guesses are counted by it too. */
  handle(request: Request, address: string): Promise<Response>
  options(): AuthOptions
  /** Hears from now on what happens to accounts: one listener, set where everything is put together. */
  listen(listener: (event: AuthEvent) => void): void
}
