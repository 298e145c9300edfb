import type { Permission, Role } from '../../../contract/policy.ts'
import type { Scope } from '../db/scope.ts'

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

export interface Authenticator {
  signedIn(headers: Headers): Promise<SignedIn | null>
  /** Reads session or key, and the header `Horseshoe-Workspace` (the slug) where there are several memberships. */
  principal(headers: Headers): Promise<Principal | null>
}
