import type { EngagementInput } from '../contract/engagement.ts'
import { insertRows } from '../server/platform/db/rows.ts'
import { inScope, type Scope } from '../server/platform/db/scope.ts'
import type { Platform } from '../server/platform/platform.ts'
import type { Drawn } from './fill.ts'

interface Identity {
  readonly identityId: string
  readonly personId: string
  readonly source: string
  readonly name: string
  readonly at: number
}

interface Person {
  readonly id: string
  readonly name: string
  readonly firstAt: number
  lastAt: number
  inbound: number
}

const together = 5_000
const tables = ['persons', 'identities', 'identity_links'] as const

/** Who spoke, gathered while threads are written: one person for a name, one identity for each source they used. */
export class People {
  readonly #drawn: Drawn
  readonly #persons = new Map<string, Person>()
  readonly #identities = new Map<string, Identity>()
  readonly #seen = new Set<string>()

  constructor(drawn: Drawn) {
    this.#drawn = drawn
  }

  meet(item: EngagementInput): Identity {
    const at = Date.parse(item.publishedAt)
    const name = item.author.externalId
    const person = this.#persons.get(name) ?? {
      id: this.#drawn.id(at),
      name,
      firstAt: at,
      lastAt: at,
      inbound: 0,
    }
    this.#persons.set(name, person)
    if (!this.#seen.has(item.externalId)) {
      this.#seen.add(item.externalId)
      person.inbound += 1
      person.lastAt = Math.max(person.lastAt, at)
    }
    const key = `${item.source} ${name}`
    const known = this.#identities.get(key)
    if (known !== undefined) return known
    const made = { identityId: this.#drawn.id(at), personId: person.id, source: item.source, name, at }
    this.#identities.set(key, made)
    return made
  }

  async write(platform: Platform, scope: Scope): Promise<void> {
    const identities = [...this.#identities.values()]
    const rows = {
      persons: [...this.#persons.values()].map((person) => personRow(person)),
      identities: identities.map(identityRow),
      identity_links: identities.map((identity) => linkRow(identity, this.#drawn.id(identity.at))),
    }
    for (const table of tables) {
      for (let start = 0; start < rows[table].length; start += together) {
        const some = rows[table].slice(start, start + together)
        const scoped = some.map((row) => ({ workspace_id: scope.workspaceId, ...row }))
        await inScope(platform.database, scope, (db) => insertRows(db, table, scoped))
      }
    }
  }
}

function personRow({ id, name, firstAt, lastAt, inbound }: Person) {
  return { id, name, first_seen_at: new Date(firstAt), last_seen_at: new Date(lastAt), inbound }
}

/** All identities of a name carry its customer number, which is the evidence that they are one person. */
function identityRow({ identityId, personId, source, name, at }: Identity) {
  return {
    id: identityId,
    source,
    channel: source,
    external_id: name,
    handle: name,
    customer_id: name,
    person_id: personId,
    created_at: new Date(at),
  }
}

function linkRow({ identityId, personId, name, at }: Identity, id: string) {
  const detail = `customer ${name}`
  return {
    id,
    identity_id: identityId,
    person_id: personId,
    rule: 'same-customer-id',
    detail,
    at: new Date(at),
  }
}
