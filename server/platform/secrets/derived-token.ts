import { createHmac } from 'node:crypto'
import { hashToken, type Secrets } from './sealed.ts'

/** Kinds of private links; each has a key of its own, so that a token of one opens nothing of another. */
export type LinkKind = 'conversation' | 'survey' | 'hook'

/**
 * The token of a private link: 256 bits that only this installation can make again, so that the database holds nothing
 * but its hash and a link can still be written into a mail later.
 */
export function derivedToken(
  secrets: Secrets,
  kind: LinkKind,
  id: string,
): { readonly token: string; readonly hash: Buffer } {
  const token = createHmac('sha256', secrets.keyFor(`link ${kind}`))
    .update(id)
    .digest('base64url')
  return { token, hash: hashToken(token) }
}
