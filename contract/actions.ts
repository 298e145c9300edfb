import { z } from 'zod'
import { Done, endpoint, Id, Instant } from './endpoint.ts'

// What people do on our site: calls in the words of the Segment specification (identify, track, page, group, alias),
// so that the libraries that companies have in their pages work unchanged.

/** A site or shop of ours that tells us what its visitors do. */
export const Site = z.object({
  id: Id,
  name: z.string(),
  /** Publishable: it stands in the pages. */
  writeKey: z.string(),
  /** Web origins that may call; empty: all. */
  origins: z.array(z.string()),
  createdAt: Instant,
  /** Of the last 24 hours. */
  events: z.number().int(),
  lastEventAt: Instant.nullable(),
})
export type Site = z.infer<typeof Site>

const Origin = z.url({ protocol: /^https?$/ }).max(255)

const list = endpoint('keys.manage')
  .route({ method: 'GET', path: '/sites', summary: 'Sites that tell what their visitors do' })
  .output(z.object({ items: z.array(Site) }))
const create = endpoint('keys.manage')
  .route({ method: 'POST', path: '/sites', summary: 'Add a site; its secret is shown once' })
  .input(z.object({ name: z.string().trim().min(1).max(120), origins: z.array(Origin).max(50).default([]) }))
  .output(z.object({ secret: z.string(), item: Site }))
const remove = endpoint('keys.manage')
  .route({ method: 'DELETE', path: '/sites/{id}', summary: 'Remove a site with its visitors and events' })
  .input(z.object({ id: Id }))
  .output(Done)

export const sites = { list, create, remove }
