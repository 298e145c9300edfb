// One call in the words of the Segment specification (public documentation, "Spec": common fields, identify, track,
// page, screen, group, alias, batch). Unknown fields are kept where they may matter and ignored elsewhere.
import { z } from 'zod'

export const callTypes = ['identify', 'track', 'page', 'screen', 'group', 'alias'] as const
export type CallType = (typeof callTypes)[number]

const Text = z.string().max(512)
const Facts = z.record(z.string().max(256), z.unknown())
const Moment = z.union([z.string().max(64), z.number()])

const Call = z.object({
  type: z.enum(callTypes),
  messageId: Text.min(1).optional(),
  anonymousId: Text.min(1).nullish(),
  userId: Text.min(1).nullish(),
  previousId: Text.min(1).nullish(),
  groupId: Text.min(1).nullish(),
  event: Text.nullish(),
  name: Text.nullish(),
  traits: Facts.nullish(),
  properties: Facts.nullish(),
  context: z
    .object({
      userHash: Text.nullish(),
      traits: Facts.nullish(),
      page: z.object({ url: z.string().max(4096).nullish() }).nullish(),
    })
    .nullish(),
  timestamp: Moment.nullish(),
  originalTimestamp: Moment.nullish(),
  sentAt: Moment.nullish(),
})

export interface SiteCall {
  readonly type: CallType
  readonly messageId: string | null
  readonly anonymousId: string | null
  readonly userId: string | null
  readonly previousId: string | null
  readonly groupId: string | null
  /** What was done: the event of a track, the page's or screen's name. */
  readonly name: string
  readonly traits: Readonly<Record<string, unknown>>
  readonly properties: Readonly<Record<string, unknown>>
  readonly url: string | null
  /** The site's proof of the user id: hexadecimal HMAC-SHA256 of it. */
  readonly userHash: string | null
  readonly at: Date
}

export type CallRead =
  | { readonly ok: true; readonly call: SiteCall }
  | { readonly ok: false; readonly reason: string }

/** `now` is when it arrived. Who is meant must be said by an anonymous id or a user id. */
export function readCall(raw: unknown, type: CallType | null, now: Date): CallRead {
  const given = typeof raw === 'object' && raw !== null && type !== null ? { ...raw, type } : raw
  const parsed = Call.safeParse(given)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    return { ok: false, reason: `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'unreadable'}` }
  }
  const call = parsed.data
  if (call.anonymousId == null && call.userId == null) {
    return { ok: false, reason: 'It says neither anonymousId nor userId.' }
  }
  if (call.type === 'track' && (call.event ?? '') === '') return { ok: false, reason: 'It says no event.' }
  return { ok: true, call: toCall(call, now) }
}

function toCall(call: z.infer<typeof Call>, now: Date): SiteCall {
  const url = call.context?.page?.url ?? call.properties?.['url']
  const hash = call.context?.userHash ?? call.traits?.['userHash']
  return {
    type: call.type,
    messageId: call.messageId ?? null,
    anonymousId: call.anonymousId ?? null,
    userId: call.userId ?? null,
    previousId: call.previousId ?? null,
    groupId: call.groupId ?? null,
    name: (call.type === 'track' ? call.event : call.name) ?? '',
    traits: { ...call.context?.traits, ...call.traits },
    properties: call.properties ?? {},
    url: typeof url === 'string' && /^https?:/i.test(url) ? url.slice(0, 2048) : null,
    userHash: typeof hash === 'string' ? hash.toLowerCase() : null,
    at: momentOf(call, now),
  }
}

/** By our clock: what the device's clock says, less what it is ahead at the sending. Never later than now. */
function momentOf(call: z.infer<typeof Call>, now: Date): Date {
  const done = asTime(call.originalTimestamp ?? call.timestamp)
  if (done === null) return now
  const sent = asTime(call.sentAt)
  const at = sent === null ? done : now.getTime() - (sent - done)
  return at > now.getTime() || at < now.getTime() - tenYears ? now : new Date(at)
}

const tenYears = 10 * 365 * 86_400_000

function asTime(moment: string | number | null | undefined): number | null {
  const at = moment == null ? Number.NaN : new Date(moment).getTime()
  return Number.isFinite(at) ? at : null
}
