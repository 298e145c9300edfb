import type { Kysely } from 'kysely'
import type { Schema } from '../db/schema.ts'
import type { Log } from '../log.ts'
import type { OidcSettings } from './oidc.ts'

export interface LibraryOptions {
  readonly db: Kysely<Schema>
  readonly secret: string
  readonly publicUrl: string
  readonly log: Log
  readonly oidc: OidcSettings | undefined
  /** Whether company sign-in may make an account for this verified address. */
  readonly mayJoin: (email: string) => Promise<boolean>
}

export interface LibrarySession {
  readonly session: { readonly token: string; readonly createdAt: Date }
  readonly user: {
    readonly id: string
    readonly name: string
    readonly email: string
    readonly twoFactorEnabled?: boolean | null | undefined
  }
}

export interface Library {
  handle(request: Request): Promise<Response>
  session(headers: Headers): Promise<LibrarySession | null>
  /** False where the identity provider did not answer when this instance was made. */
  knowsOidc(): Promise<boolean>
}

/**
 * The sign-in library, loaded when somebody first signs in: it is the largest of all, and neither a worker nor a
 * command needs it.
 */
export function lazyLibrary(options: LibraryOptions): Library {
  let made: Promise<Library> | undefined
  async function make(): Promise<Library> {
    const { makeLibrary } = await import('./library.ts')
    return makeLibrary(options)
  }
  const library = (): Promise<Library> => (made ??= make())
  return {
    handle: async (request) => (await library()).handle(request),
    session: async (headers) => (await library()).session(headers),
    knowsOidc: async () => (await library()).knowsOidc(),
  }
}
