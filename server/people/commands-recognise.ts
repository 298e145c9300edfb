import { goneName, type Batch, type Passing } from '../engagements/index.ts'
import { together } from '../platform/db/together.ts'
import { newId } from '../platform/ids.ts'
import { matchIdentity, type Candidate } from './match-identity.ts'
import {
  addIdentities,
  addLinks,
  addPersons,
  findByEvidence,
  findIdentities,
  refreshIdentities,
  seePersons,
  type KnownIdentity,
  type NewIdentity,
  type NewLink,
  type SeenPerson,
} from './store.ts'
import { nameAgain } from './store-gone.ts'

interface Plan {
  readonly identities: NewIdentity[]
  readonly links: NewLink[]
  /** First name heard of persons that are new. */
  readonly newPersons: Map<string, string>
}

/** Stage: says which person every inbound engagement of a batch is from, and keeps the evidence. */
export async function recognise(batch: Batch): Promise<void> {
  const { db, workspaceId } = batch
  const inbound = batch.passing.filter((item) => item.input.direction === 'in')
  // Where somebody left and came back, what they say now counts.
  const byPresence = inbound.toSorted((a, b) => isNameless(batch, b) - isNameless(batch, a))
  const authors = new Map(byPresence.map((item) => [keyOf(item), item]))
  const known = await findIdentities(db, workspaceId, [...authors.values()].map(authorKey))
  const strangers = [...authors].filter(([key]) => !known.has(key)).map(([, item]) => item)
  const plan = planStrangers(strangers, await candidatesFor(batch, strangers), batch.now)
  const identityOf = new Map<string, { id: string; personId: string }>(known)
  for (const identity of plan.identities)
    identityOf.set(`${identity.source} ${identity.externalId}`, identity)
  for (const item of inbound) {
    const identity = identityOf.get(keyOf(item))
    item.identityId = identity?.id ?? null
    item.personId = identity?.personId ?? null
    item.isNewPerson = plan.newPersons.has(item.personId ?? '')
    if (item.personId !== null) batch.changed.personIds.add(item.personId)
  }
  const seen = countSeen(inbound)
  const news = seen.flatMap((person) => {
    const name = plan.newPersons.get(person.id)
    return name === undefined ? [] : [{ ...person, name }]
  })
  const others = seen.filter((person) => !plan.newPersons.has(person.id))
  await together([
    addPersons(db, workspaceId, news),
    seePersons(db, workspaceId, others),
    addIdentities(db, workspaceId, plan.identities),
    addLinks(db, workspaceId, plan.links),
  ])
  const there = new Map([...authors].filter(([, item]) => !batch.nameless.has(item.id)))
  await refreshIdentities(db, workspaceId, changedIdentities(there, known))
  await nameReturned(batch, there, known)
}

function isNameless(batch: Batch, { id }: Passing): number {
  return batch.nameless.has(id) ? 1 : 0
}

async function nameReturned(
  { db, workspaceId }: Batch,
  there: ReadonlyMap<string, Passing>,
  known: ReadonlyMap<string, KnownIdentity>,
): Promise<void> {
  for (const [key, { personId, input }] of there) {
    const name = input.author.name ?? input.author.handle
    if (known.get(key)?.goneAt == null || personId === null || name === undefined) continue
    await nameAgain(db, workspaceId, { id: personId, name }, goneName)
  }
}

function authorKey({ input }: Passing): { readonly source: string; readonly externalId: string } {
  return { source: input.source, externalId: input.author.externalId }
}

function keyOf(item: Passing): string {
  return `${item.input.source} ${item.input.author.externalId}`
}

async function candidatesFor(batch: Batch, strangers: readonly Passing[]): Promise<Candidate[]> {
  const emails = strangers.flatMap(({ input }) => emailOf(input.author.verifiedEmail) ?? [])
  const customerIds = strangers.flatMap(({ input }) => input.author.customerId ?? [])
  const rows = await findByEvidence(batch.db, batch.workspaceId, { emails, customerIds })
  return rows.map((row) => ({ ...row, createdAt: row.createdAt.getTime() }))
}

function emailOf(email: string | undefined): string | null {
  return email === undefined ? null : email.toLowerCase()
}

/** Strangers of one batch may be one another's evidence, so each joins the candidates of the next. */
function planStrangers(strangers: readonly Passing[], candidates: Candidate[], now: Date): Plan {
  const plan: Plan = { identities: [], links: [], newPersons: new Map() }
  for (const { input, channel } of strangers) {
    const evidence = {
      verifiedEmail: emailOf(input.author.verifiedEmail),
      customerId: input.author.customerId ?? null,
    }
    const match = matchIdentity(evidence, candidates)
    const personId = match.personId ?? newId()
    if (match.personId === null) {
      plan.newPersons.set(personId, input.author.name ?? input.author.handle ?? input.author.externalId)
    }
    const { externalId, handle = null, name = null } = input.author
    const id = newId()
    plan.identities.push({
      id,
      source: input.source,
      channel,
      externalId,
      handle,
      name,
      ...evidence,
      personId,
      at: now,
    })
    plan.links.push({
      id: newId(),
      identityId: id,
      personId,
      rule: match.rule,
      detail: match.detail,
      at: now,
    })
    candidates.push({ ...evidence, personId, createdAt: now.getTime() })
  }
  return plan
}

function countSeen(inbound: readonly Passing[]): readonly Omit<SeenPerson, 'name'>[] {
  const seen = new Map<string, { id: string; firstAt: Date; lastAt: Date; inbound: number }>()
  for (const { personId, at } of inbound) {
    if (personId === null) continue
    const person = seen.get(personId)
    if (person === undefined) {
      seen.set(personId, { id: personId, firstAt: at, lastAt: at, inbound: 1 })
      continue
    }
    person.inbound += 1
    if (at < person.firstAt) person.firstAt = at
    if (at > person.lastAt) person.lastAt = at
  }
  return [...seen.values()]
}

function changedIdentities(authors: ReadonlyMap<string, Passing>, known: ReadonlyMap<string, KnownIdentity>) {
  return [...known].flatMap(([key, identity]) => {
    const author = authors.get(key)?.input.author
    if (author === undefined) return []
    const next = {
      id: identity.id,
      handle: author.handle ?? identity.handle,
      name: author.name ?? identity.name,
      verifiedEmail: identity.verifiedEmail ?? emailOf(author.verifiedEmail),
      customerId: identity.customerId ?? author.customerId ?? null,
    }
    const isSame =
      next.handle === identity.handle &&
      next.name === identity.name &&
      next.verifiedEmail === identity.verifiedEmail &&
      next.customerId === identity.customerId &&
      identity.goneAt === null
    return isSame ? [] : [next]
  })
}
