import { EngagementInput, type MediaReference } from '../../contract/engagement.ts'
import type { Attachment, Normalised } from '../../channels/channel.ts'

/** What a raw event means, checked: activities are engagements as any other source hands them in. */
export interface Meaning extends Omit<Normalised, 'activities'> {
  readonly activities: readonly EngagementInput[]
}

export type Understood =
  | { readonly ok: true; readonly meaning: Meaning }
  | { readonly ok: false; readonly reason: string }

const mostActivities = 1_000
const mostAttachments = 50
const mostBytes = 50 * 1024 * 1024
const mostMedia = 20

/** Checks what a channel made of a raw event; whatever it made, nothing else goes on than what fits. */
export function understand(normalised: Normalised): Understood {
  const { activities: given, attachments = [] } = normalised
  if (given.length > mostActivities) return refuse(`It means more than ${mostActivities} things at once.`)
  if (attachments.length > mostAttachments) return refuse(`It has more than ${mostAttachments} attachments.`)
  if (attachments.reduce((sum, { bytes }) => sum + bytes.length, 0) > mostBytes)
    return refuse('Its attachments are too large.')
  const activities: EngagementInput[] = []
  for (const [index, activity] of given.entries()) {
    const parsed = EngagementInput.safeParse(activity)
    if (!parsed.success) return refuse(`Activity ${index + 1}: ${firstIssue(parsed.error.issues)}`)
    activities.push(parsed.data)
  }
  return { ok: true, meaning: { ...normalised, activities } }
}

function refuse(reason: string): Understood {
  return { ok: false, reason }
}

function firstIssue(
  issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[],
): string {
  const [issue] = issues
  return issue === undefined ? 'unreadable' : `${issue.path.map(String).join('.')}: ${issue.message}`
}

/** Adds what is kept of its attachments to an activity; at most 20 references. */
export function withMedia(activity: EngagementInput, references: readonly MediaReference[]): EngagementInput {
  if (references.length === 0) return activity
  return { ...activity, media: [...activity.media, ...references].slice(0, mostMedia) }
}

const shown = /^[^\p{Cc}\p{Cf}/\\:*?"<>|]$/u

/** A name for people only; no path, nothing invisible, at most 120 characters. */
export function safeName(name: string): string {
  const last = name.normalize('NFC').split(/[/\\]/).at(-1) ?? ''
  const clean = [...last].map((character) => (shown.test(character) ? character : ' ')).join('')
  return (
    clean
      .replaceAll(/\s+/g, ' ')
      .replace(/^[. ]+/, '')
      .trim()
      .slice(0, 120) || 'attachment'
  )
}

const images: readonly { readonly type: string; readonly starts: readonly number[]; readonly at?: number }[] =
  [
    { type: 'image/png', starts: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] },
    { type: 'image/jpeg', starts: [0xff, 0xd8, 0xff] },
    { type: 'image/gif', starts: [0x47, 0x49, 0x46, 0x38] },
    { type: 'image/webp', starts: [0x57, 0x45, 0x42, 0x50], at: 8 },
  ]

/** The type that the bytes say for pictures; what was declared for the rest, where a browser runs none of it. */
export function safeType({ mediaType, bytes }: Pick<Attachment, 'mediaType' | 'bytes'>): string {
  for (const { type, starts, at = 0 } of images) {
    if (starts.every((byte, index) => bytes[at + index] === byte)) return type
  }
  const declared = mediaType.toLowerCase().split(';')[0]?.trim() ?? ''
  const isPlain = /^(application\/pdf|text\/plain|text\/csv|audio\/[a-z0-9.+-]+|video\/[a-z0-9.+-]+)$/
  return isPlain.test(declared) ? declared : 'application/octet-stream'
}
