import { afterAll, beforeAll, beforeEach } from 'vitest'
import type { AuthDoor } from '../server/platform/auth/authenticator.ts'
import { openAuth } from '../server/platform/auth/open-auth.ts'
import { openTestApi, testPassword, type TestApi } from './api.ts'
import { openVisitor, type Visitor } from './visitor.ts'

/** The sign-in service over a database that is empty before each test. */
export interface Door {
  readonly api: TestApi
  readonly auth: AuthDoor
  /** Where the installation is reached. */
  readonly origin: string
  /** Somebody in front of it. */
  readonly browser: (address?: string) => Visitor
  /** An account with the usual password; its id. */
  readonly makeUser: (email: string) => Promise<string>
  /** The same accounts, reached under another address. */
  readonly openElsewhere: (publicUrl: string) => AuthDoor
}

/** Opens the door for the tests of a file, and closes it behind them. */
export function testDoor(): Door {
  let opened: TestApi | undefined
  const api = (): TestApi => {
    if (opened === undefined) throw new Error('the door opens before the first test')
    return opened
  }
  beforeAll(async () => {
    opened = await openTestApi(() => ({}))
  })
  beforeEach(() => api().empty())
  afterAll(() => opened?.close())
  return {
    get api() {
      return api()
    },
    get auth() {
      return api().auth
    },
    get origin() {
      return api().platform.publicUrl
    },
    browser: (address = '203.0.113.9') =>
      openVisitor({ auth: api().auth, base: api().platform.publicUrl, address }),
    async makeUser(email) {
      const made = await api().auth.createUser({ name: 'Maria', email, password: testPassword })
      if (!made.ok) throw new Error(made.reason)
      return made.userId
    },
    openElsewhere(publicUrl) {
      const { database, secrets, clock, log } = api().platform
      return openAuth({ database, secrets, config: { oidc: undefined }, publicUrl, clock, log })
    },
  }
}
