// Is what strangers send only read, never believed, and does nothing of it break the reader?
import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { EngagementInput } from '../../contract/engagement.ts'
import { ChannelFailure, type Normalised, type RawEvent } from '../channel.ts'
import { heard, meet, unless, words, type Check, type Context, noBugs } from './check.ts'
import { openChannel } from './core.ts'

const hostile: readonly string[] = [
  '<script>alert(1)</script><img src=x onerror=alert(1)>',
  'javascript:alert(1) data:text/html,<script>alert(1)</script>',
  '\u202Egnp.exe\u202C and \u2066isolated\u2069',
  'zero\u200Bwidth\u200D\uFEFF\u00AD',
  'half \uD800 a pair \uDC00',
  'nul \u0000 bell \u0007 escape \u001B[31m',
  `'; drop table engagements; -- "\\`,
  '${7*7} {{7*7}} %s %n ../../etc/passwd',
  'e' + '\u0301'.repeat(500),
  '__proto__ constructor prototype',
]

/** Whatever a customer says is heard as words; where the network itself refuses it, nothing was said. */
async function readsHostileWords(context: Context): Promise<void> {
  const { customer } = await meet(context, 'Hugo Hostile')
  for (const text of [...hostile, `long ${'x'.repeat(100_000)}`]) {
    const marker = words('hostile')
    const said = await customer.say(`${marker} ${text}`).catch(() => null)
    if (said === null) continue
    const { engagement } = await heard(context, said)
    assert(
      engagement.text.includes(marker.slice(-10)),
      `lost the words around ${JSON.stringify(text.slice(0, 40))}`,
    )
  }
  await meet(context, 'Hilda Harmless')
  noBugs(context)
}

/** A deterministic reader: the same bytes mean the same, for every instance of the channel. */
export async function readsTheSameTwice(context: Context): Promise<void> {
  const { core, backend } = context
  const other = openChannel(backend)
  assert(core.raw.size > 0, 'nothing was heard, so nothing is proven')
  for (const event of sample(core.raw, 200)) {
    const first = await core.channel.normalise?.(event)
    assert.deepEqual(await core.channel.normalise?.(event), first)
    assert.deepEqual(await other.normalise?.(event), first)
  }
}

function sample(raw: ReadonlyMap<string, RawEvent>, most: number): readonly RawEvent[] {
  const all = [...raw.values()]
  const step = Math.max(1, Math.floor(all.length / most))
  return all.filter((_, index) => index % step === 0)
}

/** Reading may fail in one way only; what it hands over is an engagement. */
async function read({ core }: Context, event: RawEvent, what: string): Promise<Normalised | null> {
  try {
    const meant = await core.channel.normalise?.(event)
    assert(meant)
    for (const activity of meant.activities) EngagementInput.parse(activity)
    return meant
  } catch (error) {
    assert(error instanceof ChannelFailure, `${what}: ${String(error)}`)
    assert.equal(error.code, 'contract.violation', what)
    return null
  }
}

/** The network grows fields and kinds that nobody here knows, and loses some that are needed. */
export async function bearsDrift(context: Context): Promise<void> {
  const events = sample(context.core.raw, 25)
  let told = 0
  for (const event of events) {
    const parsed = parseJson(event)
    if (parsed === undefined) continue
    const before = await read(context, event, event.key)
    const grown = await read(context, withBody(event, grow(parsed)), `${event.key} with new fields`)
    assert.deepEqual(grown?.activities, before?.activities, 'new fields change what is read')
    for (const [path, broken] of withoutOne(parsed)) {
      await read(context, withBody(event, broken), `${event.key} without ${path}`)
    }
    const strange = await read(
      context,
      withBody(event, { something_new: { of: 'a kind nobody knows' } }),
      'a new kind',
    )
    if (strange === null || (strange.unknown?.length ?? 0) > 0) told += 1
    else assert.deepEqual(strange.activities, [], 'a kind that nobody knows was read as something')
  }
  const json = events.filter((event) => parseJson(event) !== undefined).length
  assert.equal(told, json, 'a kind that nobody knows was dropped unseen')
}

/** Bytes cut, flipped and doubled. */
export async function bearsBrokenBytes(context: Context): Promise<void> {
  const events = sample(context.core.raw, 25)
  for (const event of events) {
    for (let round = 0; round < 8; round += 1) {
      const body = Buffer.from(event.body)
      const at = Math.floor(context.random() * body.length)
      const end = Math.min(at + 1 + round, body.length)
      if (round % 2 === 0) body.fill(Math.floor(context.random() * 256), at, end)
      await read(
        context,
        { ...event, body: round % 2 === 0 ? body : body.subarray(0, at) },
        `${event.key} broken`,
      )
    }
  }
  await sleep(0)
}

function parseJson(event: RawEvent): unknown {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(event.body).toString('utf8'))
    return typeof parsed === 'object' && parsed !== null ? parsed : undefined
  } catch {
    return undefined
  }
}

function withBody(event: RawEvent, value: unknown): RawEvent {
  return { ...event, body: Buffer.from(JSON.stringify(value)) }
}

type Json = Readonly<Record<string, unknown>>

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A new field in every object. */
function grow(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(grow)
  if (!isObject(value)) return value
  const grown = Object.entries(value).map(([name, inner]) => [name, grow(inner)])
  return Object.fromEntries([...grown, ['x_new_field', { of: 'tomorrow', n: 1 }]])
}

/** The same without one field, for every field; and with a field of another type. */
function* withoutOne(value: unknown, path = ''): Generator<readonly [string, unknown]> {
  if (Array.isArray(value)) {
    for (const [index, inner] of value.slice(0, 3).entries()) {
      for (const [at, broken] of withoutOne(inner, `${path}[${index}]`)) yield [at, value.with(index, broken)]
    }
  }
  if (!isObject(value)) return
  for (const [name, inner] of Object.entries(value)) {
    const { [name]: _, ...rest } = value
    yield [`${path}.${name}`, rest]
    yield [`${path}.${name} as a list`, { ...value, [name]: [] }]
    yield [`${path}.${name} as null`, { ...value, [name]: null }]
    for (const [at, broken] of withoutOne(inner, `${path}.${name}`)) yield [at, { ...value, [name]: broken }]
  }
}

/** What a connection's health is told from: the network's time of what was heard, and a check in words. */
export async function tellsHealth(context: Context): Promise<void> {
  const { core, backend } = context
  await meet(context, 'Helga Health')
  const now = backend.ports.clock.now()
  const timed = [...core.raw.values()].filter(({ at }) => at !== null)
  for (const { at, key } of timed) {
    assert(
      (at ?? 0) > Date.UTC(2000, 0, 1) && (at ?? 0) < now + 86_400_000,
      `${key} says it is of ${String(at)}`,
    )
  }
  const checked = await core.channel.check?.()
  if (checked !== undefined) assert.equal(checked.state, 'ok', checked.detail)
  noBugs(context)
}

export const hostileChecks: readonly Check[] = [
  {
    name: 'hostile',
    title: 'hostile words come in as words',
    without: unless('listen'),
    run: readsHostileWords,
  },
  { name: 'same', title: 'the same bytes mean the same', without: unless('listen'), run: readsTheSameTwice },
  {
    name: 'drift',
    title: 'fields and kinds that nobody knows are borne and counted',
    without: unless('listen'),
    run: bearsDrift,
  },
  { name: 'bytes', title: 'broken bytes break nothing', without: unless('listen'), run: bearsBrokenBytes },
  { name: 'health', title: 'its health can be told', without: unless('listen'), run: tellsHealth },
]
