import type { EngagementInput } from '../../contract/engagement.ts'
import type { Random } from '../../lib/random.ts'
import { createRandom } from '../../lib/random.ts'
import type { WordModel } from './word-model.ts'
import { createWordModel } from './word-model.ts'

export interface MillionOptions {
  readonly seed: number
  /** Engagements in all. */
  readonly count: number
  /** Milliseconds since 1970; the last engagement is not later. */
  readonly now: number
  /** Authors outside, at most. Default: a fifth of `count`. */
  readonly persons?: number
  /** Threads, about. Default: an eighth of `count`. */
  readonly threads?: number
}

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const DAYS = 180
const PRESENCES = 40
const CHANNELS = ['twitter', 'bluesky', 'mastodon', 'email', 'web', 'reviews', 'instagram', 'phone']
/** Share of a day's threads that begin in each hour, UTC, in thousandths. */
const HOUR_WEIGHTS = [
  9, 6, 4, 3, 4, 9, 20, 37, 55, 65, 68, 66, 63, 60, 58, 57, 58, 61, 66, 69, 65, 50, 30, 17,
]
const HOURS = HOUR_WEIGHTS.flatMap((weight, hour) => Array.from({ length: weight }, () => hour))

interface World {
  readonly options: Required<MillionOptions>
  readonly random: Random
  readonly words: WordModel
  nextId: number
  nextPerson: number
}

interface Presence {
  readonly handle: string
  readonly channel: string
  readonly answers: number
  readonly medianMinutes: number
}

/** Engagements in threads, for load: deterministic for the same options, in constant memory. */
export function* millionEngagements(options: MillionOptions): Generator<EngagementInput, void> {
  for (const thread of millionThreads(options)) yield* thread
}

/** The same, thread by thread; threads begin in the order of time. */
export function* millionThreads(given: MillionOptions): Generator<readonly EngagementInput[], void> {
  const options = {
    persons: Math.max(1, Math.round(given.count / 5)),
    threads: Math.max(1, Math.round(given.count / 8)),
    ...given,
  }
  const world: World = {
    options,
    random: createRandom(options.seed),
    words: createWordModel(options.seed, 5000),
    nextId: 1,
    nextPerson: 0,
  }
  const presences = makePresences(world.random)
  let left = options.count
  for (let index = 0; left > 0; index++) {
    const length = Math.min(left, lengthOf(world))
    left -= length
    // A cubed draw makes the first presences the busy ones.
    const presence = presences[Math.floor(world.random.next() ** 3 * presences.length)]
    if (presence) yield makeThread(world, presence, startOf(world, index), length)
  }
}

function makePresences(random: Random): Presence[] {
  return Array.from({ length: PRESENCES }, (_, index) => ({
    handle: `presence-${index + 1}`,
    channel: CHANNELS[index % CHANNELS.length] ?? 'web',
    answers: 0.35 + 0.6 * random.next(),
    medianMinutes: 5 * 60 ** random.next(),
  }))
}

/** Lengths are geometric with the mean that the counts ask for; most threads are short, a few long. */
function lengthOf({ options, random }: World): number {
  const mean = options.count / options.threads
  if (mean <= 1) return 1
  return 1 + Math.min(60, Math.floor(Math.log(1 - random.next()) / Math.log(1 - 1 / mean)))
}

function startOf({ options, random }: World, index: number): number {
  const day = Math.min(DAYS - 1, Math.floor((index / options.threads) * DAYS))
  const begin = options.now - DAYS * DAY_MS + day * DAY_MS
  const midnight = Math.floor(begin / DAY_MS) * DAY_MS
  return midnight + random.pick(HOURS) * HOUR_MS + random.below(HOUR_MS)
}

function makeThread(world: World, presence: Presence, start: number, length: number): EngagementInput[] {
  const { random, options } = world
  const thread: EngagementInput[] = []
  const customer = drawPerson(world)
  let at = start
  let previousIsOut = true
  for (let index = 0; index < length; index++) {
    const isOut: boolean = index > 0 && !previousIsOut && random.chance(presence.answers)
    const person = index === 0 || isOut || random.chance(0.74) ? customer : drawPerson(world)
    const root = thread[0]
    const parent = random.chance(0.85) ? thread[index - 1] : root
    thread.push(makeEngagement(world, { presence, isOut, person, at, parent }))
    previousIsOut = isOut
    const minutes = (isOut ? 20 : presence.medianMinutes) * Math.exp(1.2 * random.normal())
    at = Math.min(at + Math.ceil(minutes * 60_000), options.now)
  }
  return thread
}

/** Mostly the next one who has not spoken yet, at times one of the few who speak often. */
function drawPerson(world: World): number {
  const { persons } = world.options
  if (world.random.chance(0.15)) return world.random.below(Math.ceil(persons / 50))
  world.nextPerson = (world.nextPerson + 1) % persons
  return world.nextPerson
}

interface Turn {
  readonly presence: Presence
  readonly isOut: boolean
  readonly person: number
  readonly at: number
  readonly parent: EngagementInput | undefined
}

function makeEngagement(world: World, { presence, isOut, person, at, parent }: Turn): EngagementInput {
  const { random } = world
  const name = isOut ? presence.handle : `person-${person}`
  return {
    type: 'Create',
    kind: presence.channel === 'email' ? 'Message' : 'Note',
    source: presence.channel,
    externalId: `${world.nextId++}`,
    channel: presence.channel,
    direction: isOut ? 'out' : 'in',
    author: { externalId: name, handle: name },
    presence: presence.handle,
    mentions: isOut ? [] : [presence.handle],
    visibility: presence.channel === 'email' ? 'direct' : 'public',
    ...(parent ? { parentExternalId: parent.externalId } : {}),
    text: world.words.text(random, random.between(4, 24)),
    media: [],
    publishedAt: new Date(Math.min(at, world.options.now)).toISOString(),
    automatic: false,
  }
}
