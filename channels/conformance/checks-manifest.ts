// Does the channel do what its manifest says, and nothing else?
import assert from 'node:assert/strict'
import type { Act } from '../acting.ts'
import type { Channel } from '../channel.ts'
import type { Capability, Manifest } from '../manifest.ts'
import { act, command, describe, meet, seen, words, type Check, type Context, noBugs } from './check.ts'
import { openChannel } from './core.ts'

const always = (): null => null

/** The function of the channel that a word of the manifest stands for. */
const functions: readonly (readonly [keyof Channel, (manifest: Manifest) => boolean])[] = [
  ['poll', ({ listens }) => listens.includes('poll')],
  ['stream', ({ listens }) => listens.includes('stream')],
  ['backfill', ({ capabilities }) => capabilities.backfill.level !== 'none'],
  ['normalise', ({ capabilities }) => capabilities.listen.level !== 'none'],
]

export function functionsMatch({ backend, core, settings }: Context): void {
  const { manifest } = backend.plug
  assert.equal(core.channel.manifest.id, manifest.id)
  for (const [name, isDeclared] of functions) {
    assert.equal(
      typeof core.channel[name] === 'function',
      isDeclared(manifest),
      `${name} against the manifest`,
    )
  }
  if (manifest.listens.includes('push')) {
    const receives = core.channel.receive !== undefined || backend.plug.site !== undefined
    assert(receives, 'the manifest says push, and nothing receives')
    if (settings.asksForNoPushes !== null) assert(core.channel.subscribe === undefined, 'it asks for pushes')
  }
  const listens = manifest.capabilities.listen.level !== 'none'
  if (manifest.delivers === 'by-the-network') assert.equal(manifest.listens.length > 0, listens, 'listens')
}

function manifestReads({ backend }: Context): void {
  const { id, source, channel, title, capabilities, connect, pace, media } = backend.plug.manifest
  assert.match(id, /^[a-z0-9][a-z0-9-]*$/)
  assert.match(source, /^[a-z0-9][a-z0-9._:-]*$/)
  assert.match(channel, /^[a-z0-9][a-z0-9_-]*$/)
  assert.notEqual(title, '')
  for (const [name, support] of Object.entries(capabilities)) {
    if (support.level !== 'full') assert(support.reason.length > 5, `${name} gives no reason`)
  }
  for (const { name, label, kind, isSecret, choices } of connect.fields) {
    assert.notEqual(label, '', `the field ${name} asks nothing`)
    if (kind === 'password') assert(isSecret, `the field ${name} is a password and no secret`)
    if (kind === 'choice') assert((choices?.length ?? 0) > 1, `the field ${name} gives no choice`)
  }
  assert(pace.pollMs >= 1_000, 'a pace of polls below a second')
  assert.equal(media !== undefined, capabilities.media.level !== 'none', 'files, and the rules for them')
}

/** What each capability would do, asked of a channel that has not got it. */
const acts: readonly (readonly [Capability, Act])[] = [
  ['reply', 'reply'],
  ['notify', 'notice'],
  ['post', 'post'],
  ['react', 'like'],
  ['react', 'share'],
  ['edit', 'edit'],
  ['delete', 'delete'],
]

export async function noneIsRefused(context: Context): Promise<void> {
  const { capabilities } = context.backend.plug.manifest
  const without = acts.filter(([capability]) => capabilities[capability].level === 'none')
  if (without.length === 0) return
  const { customer, kept } = await meet(context, 'Nadia None')
  for (const [capability, what] of without) {
    const text = words('must not appear')
    const target = { ...context.core.targetOf(kept), ownExternalIds: [kept.engagement.externalId] }
    const acted = await act(context, command(what, target, text))
    assert.equal(acted.result, 'refused', `${what}, though ${capability} is none: ${describe(acted)}`)
    assert.deepEqual(await seen(customer, text), [])
  }
}

export async function checkReadsOnly(context: Context): Promise<void> {
  const { backend } = context
  const { customer } = await meet(context, 'Cheng Check')
  const inbox = await customer.inbox()
  const wrote: string[] = []
  const { store } = backend.ports
  const watched = {
    ...backend.ports,
    store: {
      ...store,
      set: async (key: string, value: string) => (wrote.push(key), store.set(key, value)),
      delete: async (key: string) => (wrote.push(key), store.delete(key)),
    },
  }
  const channel = openChannel({ ...backend, ports: watched })
  assert(channel.check !== undefined, 'a channel that is connected can be checked')
  const first = await channel.check()
  const second = await channel.check()
  assert.equal(first.state, 'ok', `check: ${first.detail}`)
  assert(first.state === 'ok' && second.state === 'ok')
  assert.deepEqual(second.account, first.account, 'two checks find two accounts')
  assert.equal(first.account.id, backend.link.account?.id ?? first.account.id)
  assert.notEqual(first.detail, '', 'a check says what it found')
  assert.deepEqual(wrote, [], 'a check wrote into the store')
  assert.deepEqual(await customer.inbox(), inbox, 'a check wrote to a customer')
  noBugs(context)
}

/** Runs last: what is declared and was never seen at work is a claim. */
export function everythingExercised({ backend, exercised }: Context): void {
  const claims = Object.entries(backend.plug.manifest.capabilities)
    .filter(([name, support]) => support.level !== 'none' && ![...exercised].some((each) => each === name))
    .map(([name]) => name)
  assert.deepEqual(claims, [], `declared, and never seen at work: ${claims.join(', ')}`)
}

export const manifestChecks: readonly Check[] = [
  {
    name: 'manifest',
    title: 'the manifest reads well and every function stands behind a word of it',
    without: always,
    run: async (context) => {
      manifestReads(context)
      functionsMatch(context)
    },
  },
  {
    name: 'none',
    title: 'what the manifest declares none is refused',
    without: always,
    run: noneIsRefused,
  },
  {
    name: 'check',
    title: 'a check finds the account and changes nothing',
    without: ({ plug }) =>
      plug.manifest.connects === 'all-presences' ? 'a setting of the installation' : null,
    run: checkReadsOnly,
  },
]

export const lastCheck: Check = {
  name: 'truth',
  title: 'every capability that the manifest declares was seen at work',
  without: always,
  run: async (context) => everythingExercised(context),
}
