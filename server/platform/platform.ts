import type { Authenticator } from './auth/authenticator.ts'
import type { Clock } from './clock.ts'
import type { Database } from './db/database.ts'
import type { Egress } from './egress/egress.ts'
import type { LiveHub } from './events/live-hub.ts'
import type { Files } from './files/files.ts'
import type { Log } from './log.ts'
import type { Secrets } from './secrets/sealed.ts'

/** The outside world as the slices see it, made once in app.ts and handed down. */
export interface Platform {
  readonly clock: Clock
  readonly log: Log
  readonly database: Database
  readonly live: LiveHub
  readonly secrets: Secrets
  readonly files: Files
  readonly auth: Authenticator
  /** The only way outwards. */
  readonly egress: Egress
  /** Address under which people reach this installation; links begin with it. */
  readonly publicUrl: string
  readonly smtp: { readonly url: string; readonly from: string } | undefined
  readonly maxUploadBytes: number
}
