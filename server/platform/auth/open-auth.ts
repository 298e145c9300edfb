import type { Clock } from '../clock.ts'
import type { Database } from '../db/database.ts'
import { hasOpenInvitation } from '../db/directory.ts'
import type { Log } from '../log.ts'
import type { Secrets } from '../secrets/sealed.ts'
import type { AuthEvent } from './auth-event.ts'
import type { AuthDoor } from './authenticator.ts'
import { openGuesses } from './guesses.ts'
import { openAuthRequests } from './auth-requests.ts'
import { lazyLibrary, type LibraryOptions } from './lazy-library.ts'
import { oidcProvider, type OidcSettings } from './oidc.ts'
import { openPrincipals } from './principals.ts'
import { openSessions } from './sessions.ts'
import { sessionCookie } from './sign-in-place.ts'
import { createUser, removeExpired, removeUser, replacePassword, userByEmail } from './users.ts'

export interface AuthSettings {
  readonly database: Database
  readonly secrets: Secrets
  readonly config: { readonly oidc: OidcSettings | undefined }
  /** Address under which browsers reach this installation; cookies and passkeys are bound to it. */
  readonly publicUrl: string
  readonly clock: Clock
  readonly log: Log
}

/** Sign-in behind one door: accounts, sessions, keys and who they are in a workspace. */
export function openAuth(settings: AuthSettings): AuthDoor {
  const { database, secrets, clock, log, publicUrl } = settings
  const libraryOptions: LibraryOptions = {
    db: database.owner,
    secret: secrets.keyFor('sign-in').toString('base64'),
    publicUrl,
    log,
    oidc: undefined,
    mayJoin: (email) => hasOpenInvitation(database, email, new Date(clock.now())),
  }
  const library = lazyLibrary(libraryOptions)
  const cookieName = sessionCookie(publicUrl)
  const sessions = openSessions({ database, library, clock, cookieName })
  const principals = openPrincipals({ database, clock, log, signedIn: (headers) => sessions.find(headers) })
  const guesses = openGuesses(database.owner, clock)
  const forget = (): void => {
    sessions.forget()
    principals.forget()
  }
  const oidc = settings.config.oidc
  let listener: (event: AuthEvent) => void = () => {}
  return {
    signedIn: (headers) => sessions.find(headers),
    principal: (headers) => principals.find(headers),
    createUser: (user) => createUser(database, user, new Date(clock.now())),
    userByEmail: (email) => userByEmail(database, email),
    removeUser: (userId) => removeUser(database, userId),
    async replacePassword(email, password) {
      const result = await replacePassword(database, email, password, new Date(clock.now()))
      forget()
      return result
    },
    forget,
    handle: openAuthRequests({
      database,
      clock,
      library,
      oidcLibrary: oidc === undefined ? undefined : () => lazyLibrary({ ...libraryOptions, oidc }),
      publicUrl,
      deviceKey: secrets.keyFor('known device'),
      sessions,
      guesses,
      forget,
      tell: (event) => listener(event),
    }),
    listen(next) {
      listener = next
    },
    options: () => ({ oidc: oidc === undefined ? [] : [{ id: oidcProvider, title: oidc.title }] }),
    async tidy() {
      await removeExpired(database.owner, new Date(clock.now()))
      await guesses.tidy()
    },
  }
}
