import { z } from 'zod'
import { endpoint, Id, Instant } from './endpoint.ts'
import { FunctionKey } from './workspace.ts'

/** One account of ours on a channel. `isConnected` says whether replies can leave through it. */
export const Presence = z.object({
  id: Id,
  channel: z.string(),
  handle: z.string(),
  name: z.string(),
  function: FunctionKey.nullable(),
  purpose: z.string(),
  isConnected: z.boolean(),
  lastEngagementAt: Instant.nullable(),
  engagements: z.number().int(),
})
export type Presence = z.infer<typeof Presence>

const list = endpoint('workspace.read')
  .route({ method: 'GET', path: '/presences', summary: 'Our accounts on all channels' })
  .output(z.object({ items: z.array(Presence) }))
const create = endpoint('presences.manage')
  .route({ method: 'POST', path: '/presences', summary: 'Add an account of ours' })
  .input(
    z.object({
      channel: z.string().regex(/^[a-z0-9][a-z0-9_-]{0,63}$/),
      handle: z.string().trim().min(1).max(512),
      name: z.string().trim().max(120).default(''),
      function: FunctionKey.nullable().default(null),
      purpose: z.string().max(2000).default(''),
    }),
  )
  .output(Presence)
const update = endpoint('presences.manage')
  .route({
    method: 'PATCH',
    path: '/presences/{id}',
    summary: 'Change name, function or purpose of an account',
  })
  .input(
    z.object({
      id: Id,
      name: z.string().trim().max(120).optional(),
      function: FunctionKey.nullable().optional(),
      purpose: z.string().max(2000).optional(),
    }),
  )
  .output(Presence)

export const presences = { list, create, update }
