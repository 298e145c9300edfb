import type { EngagementInput } from '../../contract/engagement.ts'
import type { Random } from '../../lib/random.ts'
import { createRandom } from '../../lib/random.ts'
import { drawArrivals, drawIncident, incidentStart } from './arrivals.ts'
import type { SampleMember, SamplePresence } from './company-facts.ts'
import { company, members, presences } from './company-facts.ts'
import { playConversation } from './conversation.ts'
import type { Customer } from './customers.ts'
import { makeCustomers } from './customers.ts'
import { drawSlots, fillParts } from './fill-text.ts'
import { allScripts } from './scripts/all-scripts.ts'
import { incident } from './scripts/incident.ts'
import type { SampleChannel, SampleLanguage, Script } from './scripts/script.ts'

export interface SampleOptions {
  readonly seed: number
  /** Milliseconds since 1970: the end of the eight weeks. */
  readonly now: number
}

export interface SampleCompany {
  readonly company: typeof company
  readonly presences: readonly SamplePresence[]
  readonly members: readonly SampleMember[]
  /** About 2,000, in the order of time. */
  readonly engagements: readonly EngagementInput[]
}

const CUSTOMERS = 560
const CONVERSATIONS = 590
const INCIDENT_CONVERSATIONS = 100
const HOUR_MS = 3_600_000

/** Eight weeks of an invented company's conversations, the same for the same seed and time. */
export function sampleCompany({ seed, now }: SampleOptions): SampleCompany {
  const random = createRandom(seed)
  const world: World = {
    random,
    customers: makeCustomers(random, CUSTOMERS),
    openings: new Set(),
    nextId: 1,
  }
  const updateAt = incidentStart(now)
  const calm = drawArrivals(random, CONVERSATIONS, now).flatMap((at) => converse(world, at, undefined))
  const about = drawIncident(random, INCIDENT_CONVERSATIONS, updateAt)
  const upset = about.flatMap((at) => converse(world, at, (at - updateAt) / HOUR_MS))
  const latest = new Date(now).toISOString()
  const engagements = [...calm, ...upset]
    .filter(({ publishedAt }) => publishedAt <= latest)
    .toSorted((first, second) => (first.publishedAt < second.publishedAt ? -1 : 1))
  return { company, presences, members, engagements }
}

interface World {
  readonly random: Random
  readonly customers: readonly Customer[]
  /** First words so far: nobody says just what somebody said before. */
  readonly openings: Set<string>
  nextId: number
}

function converse(world: World, start: number, incidentHours: number | undefined): EngagementInput[] {
  const { random } = world
  const customer = drawCustomer(world, incidentHours)
  const channel = random.pick(customer.channels)
  const script = incidentHours === undefined ? drawScript(random, customer, channel) : incident
  const presence = drawPresence(random, channel, script)
  if (!script || !presence) return []
  const matter = random.pick(script.matters)
  const member = drawMember(random, script, script.language)
  const slots = drawSlots(random, script.language, { name: customer.name, me: member.name })
  return playConversation({
    random,
    script,
    matter,
    opening: newOpening(world, () => fillParts([[matter[0]], script.detail, script.plea], slots, random)),
    customer,
    bystander: random.pick(
      world.customers.filter((other) => other !== customer && other.channels.includes(channel)),
    ),
    presence,
    member,
    slots,
    start,
    incidentHours,
    nextId: () => `sample-${world.nextId++}`,
  })
}

/** Some write often: a power of the draw prefers the first of the list. */
function drawCustomer({ random, customers }: World, incidentHours: number | undefined): Customer {
  for (;;) {
    const customer = customers[Math.floor(random.next() ** 1.7 * customers.length)]
    if (!customer) continue
    if (incidentHours === undefined) return customer
    if (
      customer.language === 'en' &&
      customer.channels.some((channel) => incident.channels.includes(channel))
    ) {
      return customer
    }
  }
}

function drawScript(random: Random, customer: Customer, channel: SampleChannel): Script | undefined {
  const fitting = allScripts.filter(
    ({ id, language, channels }) =>
      language === customer.language && channels.includes(channel) && (id !== 'beta' || customer.isBetaRider),
  )
  // Where a language has no words for a channel, as for reviews, English is written.
  const scripts =
    fitting.length > 0
      ? fitting
      : allScripts.filter(
          ({ id, language, channels }) => language === 'en' && channels.includes(channel) && id !== 'beta',
        )
  return random.weighted(
    scripts.map((script) => [script, script.id === 'beta' ? 30 : script.weight] as const),
  )
}

function drawPresence(
  random: Random,
  channel: SampleChannel,
  script: Script | undefined,
): SamplePresence | undefined {
  const there = presences.filter((presence) => presence.channel === channel)
  const own = there.find((presence) => presence.function === script?.function)
  return own && random.chance(0.9) ? own : (there.find(({ function: who }) => who !== 'pr') ?? there[0])
}

function drawMember(random: Random, script: Script, language: SampleLanguage): SampleMember {
  const colleagues = members.filter((member) => member.function === script.function)
  const speaking = colleagues.filter(({ languages }) => languages.includes(language))
  return random.pick(speaking.length > 0 ? speaking : colleagues)
}

function newOpening({ openings }: World, draw: () => string): string {
  let opening = draw()
  for (let trial = 0; trial < 8 && openings.has(opening); trial++) opening = draw()
  openings.add(opening)
  return opening
}
