import { z } from 'zod'
import { Done, endpoint, Id, Instant, page, PageInput } from './endpoint.ts'
import { FunctionKey } from './workspace.ts'

// How our presences are connected to their networks. Credentials go in and never come out.

const Support = z.object({
  level: z.enum(['full', 'partial', 'none']),
  /** Why not in full; empty for `full`. */
  reason: z.string(),
})

const ConnectField = z.object({
  name: z.string(),
  label: z.string(),
  kind: z.enum(['text', 'password', 'url', 'number', 'choice', 'toggle', 'long-text']),
  help: z.string(),
  isSecret: z.boolean(),
  isRequired: z.boolean(),
  initial: z.string(),
  choices: z.array(z.object({ value: z.string(), label: z.string() })),
})
export type ConnectField = z.infer<typeof ConnectField>

/** One kind of channel that a presence can be connected to, as its manifest says. */
export const ConnectableChannel = z.object({
  id: z.string(),
  title: z.string(),
  /** The kind of place, as presences and engagements name it. */
  channel: z.string(),
  steps: z.array(z.string()),
  permissions: z.array(z.object({ what: z.string(), why: z.string() })),
  fields: z.array(ConnectField),
  capabilities: z.record(z.string(), Support),
  listens: z.array(z.enum(['stream', 'push', 'poll'])),
  text: z.object({
    unit: z.enum(['grapheme', 'utf16', 'codepoint', 'bytes', 'gsm7']),
    max: z.number().nullable(),
  }),
  provenOn: z.enum(['real-network', 'real-server', 'twin', 'our-own']),
})
export type ConnectableChannel = z.infer<typeof ConnectableChannel>

/**
 * live: listens and answers. silent: live, but longer without a word than is usual. needs-reauth: the network wants new
 * credentials. broken: something else is wrong, `detail` says what. paused: by a member.
 */
export const ConnectionState = z.enum(['live', 'silent', 'paused', 'needs-reauth', 'broken'])
export type ConnectionState = z.infer<typeof ConnectionState>

/** Milliseconds. */
const Lag = z.object({ p50: z.number(), p95: z.number() })

const ConnectionHealth = z.object({
  /** When something of this account last came in. */
  lastEventAt: Instant.nullable(),
  /** When the network last answered us. */
  lastContactAt: Instant.nullable(),
  /** Of the last 24 hours; null where nothing came that bears the network's time. */
  lag: z.object({
    samples: z.number().int(),
    /** From the network's time to our disk. */
    arrival: Lag.nullable(),
    /** From the network's time to the desk. */
    shown: Lag.nullable(),
  }),
  /** How it listens now; null while it does not. */
  listens: z.enum(['stream', 'push', 'poll']).nullable(),
  /** Until when the network pushes without renewal; null where it need not be renewed, or does not push. */
  leaseUntil: Instant.nullable(),
  /** Calls left of the network's allowance; null where it sets none. */
  budget: z.object({ left: z.number(), of: z.number(), perMs: z.number() }).nullable(),
  /** Not tried again before this. */
  waitsUntil: Instant.nullable(),
  failures: z.number().int(),
  silentSince: Instant.nullable(),
  /** How long silence is usual, in milliseconds; null where it is not watched. */
  silentAfterMs: z.number().nullable(),
  /** Kept, and not taken up yet. */
  waiting: z.number().int(),
  quarantined: z.number().int(),
  /** What the channel does not know yet: kept raw, and counted. */
  unknown: z.array(z.object({ kind: z.string(), count: z.number().int(), lastAt: Instant })),
})

const Backfill = z.object({
  state: z.enum(['none', 'running', 'done', 'stopped', 'failed']),
  /** Raw events that came by it. */
  received: z.number().int(),
  detail: z.string(),
  startedAt: Instant.nullable(),
  endedAt: Instant.nullable(),
})

const Account = z.object({
  id: z.string(),
  handle: z.string(),
  name: z.string(),
  url: z.string().nullable(),
  avatarUrl: z.string().nullable(),
})

export const Connection = z.object({
  id: Id,
  /** The channel's id, as the list of connectable channels names it. */
  channel: z.string(),
  title: z.string(),
  /** Null until a check found the account. */
  presence: z.object({ id: Id, channel: z.string(), handle: z.string(), name: z.string() }).nullable(),
  account: Account.nullable(),
  state: ConnectionState,
  /** A sentence for a person about the state. */
  detail: z.string(),
  owner: z.object({ id: Id, name: z.string() }).nullable(),
  config: z.record(z.string(), z.string()),
  /** Names of the secrets that are set. */
  secretsSet: z.array(z.string()),
  /** What the network lets us do, in its own words. */
  permissions: z.array(z.string()),
  createdAt: Instant,
  checkedAt: Instant.nullable(),
  health: ConnectionHealth,
  backfill: Backfill,
})
export type Connection = z.infer<typeof Connection>

const listChannels = endpoint('workspace.read')
  .route({ method: 'GET', path: '/channels', summary: 'Channels that a presence can be connected to' })
  .output(z.object({ items: z.array(ConnectableChannel) }))

const list = endpoint('workspace.read')
  .route({ method: 'GET', path: '/connections', summary: 'Connections and their health' })
  .output(z.object({ items: z.array(Connection) }))
const get = endpoint('workspace.read')
  .route({ method: 'GET', path: '/connections/{id}', summary: 'One connection and its health' })
  .input(z.object({ id: Id }))
  .output(Connection)

/** Values by the names of the channel's fields; secret ones in `secrets`. */
const Config = z.record(z.string().max(64), z.string().max(20_000))

const connect = endpoint('presences.manage')
  .route({
    method: 'POST',
    path: '/connections',
    summary: 'Connect an account; it is kept also where the check says that something is missing',
  })
  .input(
    z.object({
      channel: z.string().min(1).max(64),
      /** An account in our list; without it one is added as soon as the network says which it is. */
      presenceId: Id.optional(),
      /** For a presence that is added. */
      function: FunctionKey.nullable().default(null),
      config: Config.default({}),
      secrets: Config.default({}),
      /** Who is told when something is wrong; the one who connects where left out. */
      ownerId: Id.optional(),
    }),
  )
  .output(Connection)
const change = endpoint('presences.manage')
  .route({
    method: 'PATCH',
    path: '/connections/{id}',
    summary: 'Change settings or credentials, and check; what is left out stays as it is',
  })
  .input(z.object({ id: Id, config: Config.default({}), secrets: Config.default({}) }))
  .output(Connection)
const test = endpoint('presences.manage')
  .route({ method: 'POST', path: '/connections/{id}/test', summary: 'Check again whether it works' })
  .input(z.object({ id: Id }))
  .output(Connection)
const pause = endpoint('presences.manage')
  .route({ method: 'POST', path: '/connections/{id}/pause', summary: 'Neither listen nor send for now' })
  .input(z.object({ id: Id }))
  .output(Connection)
const resume = endpoint('presences.manage')
  .route({ method: 'POST', path: '/connections/{id}/resume', summary: 'Listen and send again' })
  .input(z.object({ id: Id }))
  .output(Connection)
const disconnect = endpoint('presences.manage')
  .route({
    method: 'POST',
    path: '/connections/{id}/disconnect',
    summary: 'End it and destroy its credentials; what was heard stays',
  })
  .input(z.object({ id: Id }))
  .output(Done)
const handOver = endpoint('presences.manage')
  .route({ method: 'POST', path: '/connections/{id}/hand-over', summary: 'Give it to another owner' })
  .input(z.object({ id: Id, memberId: Id }))
  .output(Connection)
const startBackfill = endpoint('presences.manage')
  .route({ method: 'POST', path: '/connections/{id}/backfill', summary: 'Fetch what was said before' })
  .input(z.object({ id: Id }))
  .output(Connection)
const stopBackfill = endpoint('presences.manage')
  .route({ method: 'POST', path: '/connections/{id}/backfill/stop', summary: 'Fetch no more of it' })
  .input(z.object({ id: Id }))
  .output(Connection)

const hook = endpoint('presences.manage')
  .route({
    method: 'GET',
    path: '/connections/{id}/hook',
    summary:
      'The address to which the network pushes; it holds a secret, to be entered there and nowhere else',
  })
  .input(z.object({ id: Id }))
  .output(z.object({ url: z.url() }))

/** Something that came in and could not be understood, after five tries. */
export const QuarantinedEvent = z.object({
  id: Id,
  /** The network's name of it. */
  key: z.string(),
  at: Instant.nullable(),
  receivedAt: Instant,
  quarantinedAt: Instant,
  reason: z.string(),
  tries: z.number().int(),
  bytes: z.number().int(),
  /** The first 2,000 characters as they came. */
  excerpt: z.string(),
})
export type QuarantinedEvent = z.infer<typeof QuarantinedEvent>

const quarantine = endpoint('presences.manage')
  .route({
    method: 'GET',
    path: '/connections/{id}/quarantine',
    summary: 'What could not be understood, the newest first',
  })
  .input(PageInput.extend({ id: Id }))
  .output(page(QuarantinedEvent))
const Chosen = z.object({ id: Id, eventIds: z.array(Id).max(500).optional() })
const replay = endpoint('presences.manage')
  .route({
    method: 'POST',
    path: '/connections/{id}/quarantine/replay',
    summary: 'Try again; all of them where none are named',
  })
  .input(Chosen)
  .output(z.object({ replayed: z.number().int() }))
const drop = endpoint('presences.manage')
  .route({
    method: 'POST',
    path: '/connections/{id}/quarantine/drop',
    summary: 'Give up on these; the raw form is erased',
  })
  .input(Chosen.required({ eventIds: true }))
  .output(z.object({ dropped: z.number().int() }))

export const connections = {
  listChannels,
  list,
  get,
  connect,
  change,
  test,
  pause,
  resume,
  disconnect,
  handOver,
  hook,
  startBackfill,
  stopBackfill,
  quarantine,
  replay,
  drop,
}
