import { oc } from '@orpc/contract'
import { z } from 'zod'
import { errors } from './errors.ts'
import type { Permission } from './policy.ts'

/** Who may call: anybody, anybody signed in, or members and keys that carry the permission. */
export type Access = 'public' | 'session' | Permission

export interface EndpointMeta {
  readonly access?: Access
}

const base = oc.$meta<EndpointMeta>({}).errors(errors)

/** Starts an endpoint. Access is said first, so that none can be declared without. */
export function endpoint(access: Access) {
  return base.meta({ access })
}

export const Id = z.uuid()
export const Instant = z.iso.datetime({ offset: true })
export const Day = z.iso.date()

/** Page request: opaque keyset cursor and limit. */
export const PageInput = z.object({
  cursor: z.string().max(512).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})

/** One page of a list; `nextCursor` is null on the last one. */
export function page<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() })
}

export const Done = z.object({ done: z.literal(true) })
