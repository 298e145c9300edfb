// One comment as the REST API gives it, of which only these fields are asked and used.
import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Site } from './site.ts'
import { userName } from './site.ts'

export const fields =
  'id,post,parent,author,author_name,author_email,author_url,author_user_agent,author_avatar_urls,date_gmt,content,status,type,link,_links,_embedded'

export const Comment = z.object({
  id: z.int().positive(),
  post: z.int().nonnegative().catch(0),
  parent: z.int().nonnegative().catch(0),
  author: z.int().nonnegative().catch(0),
  author_name: z.string().catch(''),
  author_email: z.string().optional().catch(undefined),
  author_url: z.string().catch(''),
  author_user_agent: z.string().optional().catch(undefined),
  author_avatar_urls: z.record(z.string(), z.string()).optional().catch(undefined),
  /** Of the comment, in UTC, without an offset. */
  date_gmt: z.string().catch(''),
  content: z.object({ rendered: z.string().catch(''), raw: z.string().optional().catch(undefined) }),
  status: z.string().catch('approved'),
  type: z.string().catch('comment'),
  link: z.string().catch(''),
  _embedded: z
    .object({ up: z.array(z.object({ title: z.object({ rendered: z.string() }) }).loose()) })
    .optional()
    .catch(undefined),
})
export type Comment = z.infer<typeof Comment>

/** Whether it counts as said: visible, or waiting to be. Spam and trash do not. */
export function isSaid({ status }: Comment): boolean {
  return isApproved(status) || isHeld(status)
}

export function isApproved(status: string): boolean {
  return status === 'approved' || status === 'approve'
}

export function isHeld(status: string): boolean {
  return status === 'hold'
}

/** Changes when its words or its place change; WordPress keeps no time of an edit. */
export function versionOf({ status, parent, post, content }: Comment): string {
  const said = JSON.stringify([status, parent, post, content.raw ?? content.rendered])
  return createHash('sha256').update(said).digest('base64url').slice(0, 8)
}

/** Ms since 1970; null where the site gives none. */
export function timeOf({ date_gmt }: Comment): number | null {
  const at = Date.parse(/(Z|[+-]\d\d:\d\d)$/.test(date_gmt) ? date_gmt : `${date_gmt}Z`)
  return Number.isNaN(at) ? null : at
}

/**
 * A user of the site by number; a guest by their mail address, which nobody verified, as a hash; by the comment alone
 * where there is none, so that strangers of one name are never one.
 */
export function authorName(site: Site, comment: Comment): string {
  if (comment.author > 0) return userName(site, comment.author)
  const email = comment.author_email?.trim().toLowerCase() ?? ''
  if (email !== '')
    return `${site.key}#guest-${createHash('sha256').update(email).digest('hex').slice(0, 32)}`
  return `${site.key}#guest-of-${comment.id}`
}
