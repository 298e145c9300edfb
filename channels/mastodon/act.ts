// Our acts. A post bears our key (Idempotency-Key), under which a server makes one post within an hour; after that a
// post whose fate is unknown is not sent again.
import { actedOf, type Asked } from '../ask-json.ts'
import type { Acted, Command, OutgoingMedia, ReadBack, Target } from '../acting.ts'
import { multipart } from '../multipart.ts'
import { previewPost, type PostRules } from '../post-length.ts'
import { postToText } from '../post-text.ts'
import { ask, idOf, localId, nameOf, objectOf, objectsOf, send, textOf, type Api, type Json } from './api.ts'

const keyHoldsMs = 50 * 60_000
/** From the widest to the narrowest. */
const circles = ['public', 'unlisted', 'private', 'direct'] as const
type Circle = (typeof circles)[number]

export function act(api: Api, command: Command, key: string, rules: PostRules): Promise<Acted> {
  switch (command.what) {
    case 'reply':
    case 'notice':
    case 'post':
      return post(api, command, key, rules)
    case 'like':
    case 'share':
      return sign(api, command)
    case 'edit':
      return edit(api, command, rules)
    case 'delete':
      return remove(api, command)
  }
}

interface Parent {
  readonly id: string
  readonly acct: string
  readonly circle: Circle
  readonly warning: string
}

async function post(api: Api, command: Command, key: string, rules: PostRules): Promise<Acted> {
  const { store, clock } = api.ports
  const before = await store.get(`sent/${key}`)
  if (before !== null) return done(api, before)
  const since = Number((await store.get(`open/${key}`)) ?? clock.now())
  if (clock.now() - since > keyHoldsMs) {
    return {
      result: 'unknown',
      detail: 'It was sent, no answer came, and too long ago to send it again safely.',
    }
  }
  const written = await write(api, command, rules)
  if ('result' in written) return written
  await store.set(`open/${key}`, String(since))
  const asked = await send(api, 'POST', '/api/v1/statuses', { body: written.status, key })
  const id = asked.ok ? idOf(asked.body) : null
  if (!asked.ok) {
    const acted = actedOf(asked)
    if (acted.result === 'refused') await store.delete(`open/${key}`)
    return acted
  }
  if (id === null) return { result: 'unknown', detail: 'The server does not say what became of it.' }
  await store.set(`sent/${key}`, id)
  await store.delete(`open/${key}`)
  return done(api, id)
}

function done(api: Api, id: string): Acted {
  return { result: 'done', networkId: nameOf(api, id), detail: `posted on ${api.host}` }
}

async function write(
  api: Api,
  command: Command,
  rules: PostRules,
): Promise<{ readonly status: Json } | Acted> {
  const { what, target, text, media = [] } = command
  const parent = what === 'reply' ? await parentOf(api, target) : null
  if (parent !== null && 'result' in parent) return parent
  const acct = parent?.acct ?? (what === 'post' ? '' : await acctOf(api, target))
  if (typeof acct !== 'string') return acct
  const status = withMention(text, acct)
  const [tooLong] = previewPost(status, rules).warnings
  if (tooLong !== undefined) return refused('content.rejected', `With the name of whom it is for: ${tooLong}`)
  const files = await upload(api, media)
  if ('result' in files) return files
  const body = {
    status,
    visibility: what === 'notice' ? 'direct' : narrower(circleOf(target), parent?.circle ?? 'public'),
    ...(parent === null ? {} : { in_reply_to_id: parent.id }),
    ...(parent === null || parent.warning === '' ? {} : { spoiler_text: parent.warning }),
    ...(files.ids.length === 0 ? {} : { media_ids: files.ids }),
  }
  return { status: body }
}

/** Only who is named in the words is told of them. */
function withMention(text: string, acct: string): string {
  if (acct === '') return text
  const name = `@${acct.toLowerCase()}`
  const isNamed = text
    .toLowerCase()
    .split(/[\s,;:!?()]+/)
    .some((word) => word.replace(/\.$/, '') === name)
  return isNamed ? text : `@${acct} ${text}`
}

function circleOf({ visibility }: Target): Circle {
  if (visibility === undefined || visibility === 'public') return 'public'
  if (visibility === 'followers') return 'private'
  return visibility === 'unlisted' ? 'unlisted' : 'direct'
}

function narrower(one: Circle, other: Circle): Circle {
  return circles[Math.max(circles.indexOf(one), circles.indexOf(other))] ?? 'direct'
}

async function parentOf(api: Api, { parentExternalId }: Target): Promise<Parent | Acted> {
  const id = localId(api, parentExternalId)
  if (id === null) return refused('target.gone', 'What is answered does not stand on this server.')
  const asked = await ask(api, `/api/v1/statuses/${id}`)
  if (!asked.ok) return refusedBefore(asked)
  const status = objectOf(asked.body)
  const circle = circles.find((each) => each === status.visibility) ?? 'direct'
  return { id, acct: textOf(objectOf(status.account).acct), circle, warning: textOf(status.spoiler_text) }
}

async function acctOf(api: Api, { address }: Target): Promise<string | Acted> {
  if (address === null) return refused('target.gone', 'Nobody is known to whom this could go.')
  const id = localId(api, address)
  if (id === null) return address.replace(/^@/, '')
  const asked = await ask(api, `/api/v1/accounts/${id}`)
  return asked.ok ? textOf(objectOf(asked.body).acct) : refusedBefore(asked)
}

/** Nothing was posted yet, whatever broke. */
function refusedBefore(asked: Exclude<Asked, { readonly ok: true }>): Acted {
  return actedOf({ ...asked, mayHaveHappened: false })
}

function refused(error: 'target.gone' | 'content.rejected', detail: string): Acted {
  return { result: 'refused', error, detail }
}

async function upload(
  api: Api,
  media: readonly OutgoingMedia[],
): Promise<{ readonly ids: readonly string[] } | Acted> {
  const ids: string[] = []
  for (const file of media) {
    const { body, contentType } = await multipart({ description: file.alt }, 'file', file)
    const headers = { 'content-type': contentType }
    const asked = await ask(api, '/api/v2/media', { method: 'POST', body, headers, timeoutMs: 60_000 })
    if (!asked.ok) return refusedBefore(asked)
    const id = idOf(asked.body)
    if (id === null) return refused('content.rejected', `The server did not take ${file.name}.`)
    ids.push(id)
  }
  return { ids }
}

async function sign(api: Api, { what, target }: Command): Promise<Acted> {
  const id = localId(api, target.parentExternalId)
  if (id === null) return refused('target.gone', 'There is nothing on this server to like or to share.')
  const asked = await send(api, 'POST', `/api/v1/statuses/${id}/${what === 'like' ? 'favourite' : 'reblog'}`)
  // The same sign twice is one sign: what nobody answered may be given again.
  if (!asked.ok) return actedOf(asked)
  return what === 'like' ? done(api, `like-${id}`) : done(api, idOf(asked.body) ?? id)
}

async function edit(api: Api, { target, text }: Command, rules: PostRules): Promise<Acted> {
  const id = localId(api, target.ownExternalIds?.[0])
  if (id === null) return refused('target.gone', 'This was not said on this server.')
  const asked = await ask(api, `/api/v1/statuses/${id}`)
  if (!asked.ok) return refusedBefore(asked)
  const before = objectOf(asked.body)
  const isReply = textOf(before.in_reply_to_id) !== ''
  const acct = isReply ? textOf(objectsOf(before.mentions)[0]?.acct) : ''
  const status = withMention(text, acct)
  const [tooLong] = previewPost(status, rules).warnings
  if (tooLong !== undefined) return refused('content.rejected', `With the name of whom it is for: ${tooLong}`)
  const changed = await send(api, 'PUT', `/api/v1/statuses/${id}`, {
    body: {
      status,
      spoiler_text: textOf(before.spoiler_text),
      media_ids: objectsOf(before.media_attachments).flatMap((each) => idOf(each) ?? []),
    },
  })
  return changed.ok ? done(api, id) : actedOf(changed)
}

async function remove(api: Api, { target }: Command): Promise<Acted> {
  const id = localId(api, target.ownExternalIds?.[0])
  if (id === null) return refused('target.gone', 'This was not said on this server.')
  const asked = await send(api, 'DELETE', `/api/v1/statuses/${id}`)
  if (!asked.ok && asked.error === 'target.gone') return done(api, id)
  return asked.ok ? done(api, id) : actedOf(asked)
}

/** Looks among our newest posts for these words in this place. */
export async function readBack(api: Api, command: Command, key: string): Promise<ReadBack> {
  const known = await api.ports.store.get(`sent/${key}`)
  if (known !== null) return { networkId: nameOf(api, known) }
  const { what, target, text } = command
  if (what === 'like' || what === 'share' || what === 'edit' || what === 'delete') return 'cannot-say'
  const us = localId(api, api.link.account?.id)
  const opened = await api.ports.store.get(`open/${key}`)
  if (opened === null) return 'absent'
  const asked = us === null ? null : await ask(api, `/api/v1/accounts/${us}/statuses?limit=40`)
  if (asked === null || !asked.ok) return 'cannot-say'
  const parent = localId(api, target.parentExternalId) ?? ''
  const found = objectsOf(asked.body).find(
    (status) =>
      bare(postToText(textOf(status.content))).endsWith(bare(text)) &&
      (what !== 'reply' || textOf(status.in_reply_to_id) === parent) &&
      Date.parse(textOf(status.created_at)) >= Number(opened) - 300_000,
  )
  const id = found === undefined ? null : idOf(found)
  if (id === null) return 'absent'
  await api.ports.store.set(`sent/${key}`, id)
  await api.ports.store.delete(`open/${key}`)
  return { networkId: nameOf(api, id) }
}

function bare(text: string): string {
  return text.normalize('NFC').replaceAll(/\s+/g, '')
}
