// Proves a channel on the real network with an operator's own account: a check, what it hears, and, where that is asked
// for, a round trip that others can see. What is heard is looked at and not kept.
import { setTimeout as sleep } from 'node:timers/promises'
import { EngagementInput } from '../../contract/engagement.ts'
import type { Channel, Normalised, RawEvent } from '../channel.ts'

export interface Step {
  readonly step: 'check' | 'capture' | 'round trip' | 'clean up'
  readonly result: 'ok' | 'failed' | 'skipped'
  readonly detail: string
}

export interface VerifyOptions {
  /** Acts so that others can see it. */
  readonly isLive: boolean
  /** Where a private word may go, for channels on which nothing is posted to all. */
  readonly to: string | null
  /** Where listening stands, by the way of listening. */
  readonly cursors: Readonly<Record<string, string>>
  /** Names this run; it stands in what is said. */
  readonly key: string
  readonly waitMs?: number
}

interface Heard {
  readonly events: number
  readonly activities: readonly EngagementInput[]
  readonly unknown: readonly string[]
  readonly mistakes: readonly string[]
}

const together = 50

export async function verifyAccount(channel: Channel, options: VerifyOptions): Promise<readonly Step[]> {
  const checked = await stepOf('check', async () => {
    const found = await channel.check?.()
    if (found === undefined) return { result: 'skipped', detail: 'This channel is not checked.' }
    if (found.state !== 'ok') return { result: 'failed', detail: `${found.state}: ${found.detail}` }
    return { result: 'ok', detail: `${found.account.handle}. ${found.permissions.join(', ')}` }
  })
  if (checked.result === 'failed') return [checked]
  const captured = await stepOf('capture', () => capture(channel, options))
  return [checked, captured, ...(await roundTrip(channel, options))]
}

async function stepOf(step: Step['step'], run: () => Promise<Omit<Step, 'step'>>): Promise<Step> {
  try {
    return { step, ...(await run()) }
  } catch (error) {
    return {
      step,
      result: 'failed',
      detail: error instanceof Error ? error.message : 'It failed without a word.',
    }
  }
}

async function capture(channel: Channel, options: VerifyOptions): Promise<Omit<Step, 'step'>> {
  const events = await recent(channel, options)
  if (events === null)
    return {
      result: 'skipped',
      detail: 'This network only pushes; say something there and look at the desk.',
    }
  const heard = await read(channel, events)
  const kinds = Map.groupBy(heard.activities, ({ type, kind, direction }) => `${type} ${kind} ${direction}`)
  const counted = [...kinds].map(([kind, each]) => `${each.length} ${kind}`).join(', ')
  const unknown = heard.unknown.length === 0 ? '' : `; unknown: ${[...new Set(heard.unknown)].join(', ')}`
  const mistakes = heard.mistakes.length === 0 ? '' : `; not understood: ${heard.mistakes.join(' / ')}`
  const detail = `${heard.events} raw events: ${counted || 'nothing that concerns us'}${unknown}${mistakes}`
  return { result: heard.mistakes.length === 0 ? 'ok' : 'failed', detail }
}

/** What was said lately, read without moving anything; null where the network only pushes. */
async function recent(channel: Channel, { cursors }: VerifyOptions): Promise<readonly RawEvent[] | null> {
  if (channel.backfill !== undefined) return (await channel.backfill(null, together)).events
  if (channel.poll !== undefined) return (await channel.poll(cursors['poll'] ?? null, together)).events
  return null
}

async function read(channel: Channel, events: readonly RawEvent[]): Promise<Heard> {
  const activities: EngagementInput[] = []
  const unknown: string[] = []
  const mistakes: string[] = []
  for (const event of events) {
    try {
      const meant: Normalised = (await channel.normalise?.(event)) ?? { activities: [] }
      unknown.push(...(meant.unknown ?? []))
      activities.push(...meant.activities.map((activity) => EngagementInput.parse(activity)))
    } catch (error) {
      mistakes.push(`${event.key}: ${error instanceof Error ? error.message.slice(0, 200) : 'failed'}`)
    }
  }
  return { events: events.length, activities, unknown, mistakes }
}

/** Says something, hears it come back where the network tells us our own words, and takes it away again. */
async function roundTrip(channel: Channel, options: VerifyOptions): Promise<readonly Step[]> {
  const { isLive, to, key } = options
  const skipped = (detail: string): readonly Step[] => [{ step: 'round trip', result: 'skipped', detail }]
  if (!isLive) return skipped('Nothing was said; --live does.')
  const canPost = channel.manifest.capabilities.post.level !== 'none'
  if (!canPost && to === null) return skipped('Name with --to where a word may go.')
  const text = `Horseshoe looks whether this account works (${key}).`
  const target = { address: to, parentExternalId: null, earlierExternalIds: [], subject: 'Horseshoe' }
  const command = {
    what: to === null ? ('post' as const) : ('reply' as const),
    target,
    text,
    speaker: '',
    presence: null,
  }
  const began = Date.now()
  const acted = await channel.act(command, key)
  if (acted.result !== 'done')
    return [{ step: 'round trip', result: 'failed', detail: `${acted.result}: ${acted.detail}` }]
  const tookMs = Date.now() - began
  const ids = [acted.networkId, ...(acted.otherIds ?? [])]
  const isHeard = await hearsItself(channel, ids, options)
  const heard = isHeard ? 'and was heard to come back' : 'and was not seen to come back'
  const said: Step = {
    step: 'round trip',
    result: 'ok',
    detail: `said in ${tookMs} ms as ${acted.networkId}, ${heard}`,
  }
  return [said, await cleanUp(channel, { ...command, target: { ...target, ownExternalIds: ids } }, key)]
}

async function hearsItself(
  channel: Channel,
  ids: readonly string[],
  options: VerifyOptions,
): Promise<boolean> {
  const { waitMs = 30_000 } = options
  if (channel.backfill === undefined) return false
  for (const end = Date.now() + waitMs; Date.now() < end; await sleep(1_000)) {
    const heard = await read(channel, (await recent(channel, options)) ?? [])
    if (heard.activities.some(({ externalId }) => ids.includes(externalId))) return true
  }
  return false
}

async function cleanUp(channel: Channel, command: Parameters<Channel['act']>[0], key: string): Promise<Step> {
  if (channel.manifest.capabilities.delete.level === 'none')
    return { step: 'clean up', result: 'skipped', detail: 'This network lets nobody take words back.' }
  return stepOf('clean up', async () => {
    const acted = await channel.act({ ...command, what: 'delete' }, `${key}-delete`)
    return acted.result === 'done'
      ? { result: 'ok', detail: 'What was said is taken back.' }
      : { result: 'failed', detail: `${acted.result}: ${acted.detail}` }
  })
}
