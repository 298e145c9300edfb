// What a comment means. A comment that waits for approval is `unlisted`: said, and not on the page. Spam and trash mean
// nothing, or the end of what was said before.
import { z } from 'zod'
import type { EngagementInput } from '../../contract/engagement.ts'
import { htmlToText } from '../../lib/text/html-to-text.ts'
import type { Normalised, RawEvent } from '../channel.ts'
import { authorName, Comment, isApproved, isSaid, timeOf } from './comment.ts'
import { commentName, type Site } from './site.ts'

/** What a body looks like where the comment is no longer there. */
const Gone = z.object({ id: z.int().positive(), isGone: z.literal(true) })

/** Beside the bytes: `me` (our user's number), `presence`, `before` (nothing, said, not-said), `seenAt` (ms). */
type Facts = Readonly<Record<string, string>>

const nothing: Normalised = { activities: [] }

export function normalise(site: Site, event: RawEvent): Normalised {
  const json = readJson(event.body)
  const facts = event.facts ?? {}
  const gone = Gone.safeParse(json)
  if (gone.success) return { activities: [goneAgain(site, gone.data.id, facts)] }
  const comment = Comment.safeParse(json)
  if (!comment.success) return { activities: [], unknown: ['comment'] }
  const { type } = comment.data
  if (type !== 'comment' && type !== 'pingback' && type !== 'trackback') {
    return { activities: [], unknown: [`type:${type.slice(0, 40)}`] }
  }
  if (isSaid(comment.data)) return { activities: [said(site, comment.data, facts)] }
  return facts['before'] === 'said' ? { activities: [goneAgain(site, comment.data.id, facts)] } : nothing
}

function said(site: Site, comment: Comment, facts: Facts): EngagementInput {
  const isOurs = String(comment.author) === facts['me'] && comment.author > 0
  const isChange = facts['before'] === 'said'
  const title = comment._embedded?.up[0]?.title.rendered ?? ''
  const name = comment.author_name.trim().slice(0, 512)
  return {
    type: isChange ? 'Update' : 'Create',
    kind: comment.type === 'comment' ? 'Note' : 'Article',
    source: 'wordpress',
    channel: 'wordpress',
    externalId: commentName(site, comment.id),
    direction: isOurs ? 'out' : 'in',
    author: { externalId: authorName(site, comment), ...(name === '' ? {} : { name }) },
    ...(facts['presence'] === undefined || facts['presence'] === '' ? {} : { presence: facts['presence'] }),
    mentions: [],
    visibility: isApproved(comment.status) ? 'public' : 'unlisted',
    ...(comment.parent > 0 ? { parentExternalId: commentName(site, comment.parent) } : {}),
    ...(title === '' ? {} : { subject: htmlToText(title).replace(/\s+/g, ' ').slice(0, 998) }),
    text: textOf(comment),
    media: [],
    publishedAt: new Date(timeOf(comment) ?? seenAt(facts)).toISOString(),
    ...(isChange ? { updatedAt: new Date(seenAt(facts)).toISOString() } : {}),
    automatic: comment.type !== 'comment',
  }
}

function goneAgain(site: Site, id: number, facts: Facts): EngagementInput {
  return {
    type: 'Delete',
    kind: 'Note',
    source: 'wordpress',
    channel: 'wordpress',
    externalId: commentName(site, id),
    direction: 'in',
    author: { externalId: `${site.key}#guest-of-${id}` },
    mentions: [],
    visibility: 'public',
    text: '',
    media: [],
    publishedAt: new Date(seenAt(facts)).toISOString(),
    automatic: false,
  }
}

/** The source where we may see it: in it a line end is a line end. */
function textOf({ content }: Comment): string {
  const html = content.raw === undefined ? content.rendered : content.raw.replace(/\r\n?|\n/g, '<br>')
  return htmlToText(html).toWellFormed().slice(0, 100_000)
}

function seenAt(facts: Facts): number {
  const at = Number(facts['seenAt'] ?? 0)
  return Number.isFinite(at) && Math.abs(at) < 8e15 ? at : 0
}

function readJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body))
  } catch {
    return undefined
  }
}
