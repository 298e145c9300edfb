import type { Asked, Wrong } from '../ask-json.ts'
import type { Acted, Act, CanAct, Command, OutgoingMedia, Target } from '../acting.ts'
import { multipart } from '../multipart.ts'
import type { Ports } from '../ports.ts'
import { sendOnce, type Step } from '../sent-once.ts'
import { previewText } from '../text-length.ts'
import { isObject } from '../read-json.ts'
import type { Graph } from './graph.ts'
import { manifest, mostCaption, windowMs } from './manifest.ts'
import { templateOf } from './templates.ts'

export function canAct(target: Target, now: number, act: Act = 'reply'): CanAct {
  if (target.isOptedOut === true)
    return { can: false, reason: 'this person asked us not to write', until: null }
  if (!/^\d{5,20}$/.test(target.address ?? '')) {
    return { can: false, reason: 'no number of this person on WhatsApp is known', until: null }
  }
  if (target.lastHeardAt === undefined) {
    return { can: true, note: 'Only within 24 hours of their last word; when that was is not known here.' }
  }
  const until = target.lastHeardAt === null ? null : target.lastHeardAt + windowMs
  if (until !== null && now < until) return { can: true, until }
  const reason =
    act === 'like'
      ? 'more than 24 hours since their last word'
      : 'more than 24 hours since their last word: only an approved template may go'
  return { can: false, reason, until: null, only: 'template' }
}

function refused(error: Wrong['error'], detail: string): Acted {
  return { result: 'refused', error, detail }
}

export async function act(ports: Ports, graph: Graph, command: Command, key: string): Promise<Acted> {
  const { what, target, text, media = [], template } = command
  if (what !== 'reply' && what !== 'notice' && what !== 'like') {
    return refused('target.forbidden', `WhatsApp knows no ${what} by businesses.`)
  }
  const allowed = canAct(target, ports.clock.now(), what)
  const opens = template !== undefined && what !== 'like'
  if (!allowed.can && !(allowed.only === 'template' && opens)) {
    return refused(allowed.only === 'template' ? 'window.closed' : 'target.forbidden', allowed.reason)
  }
  const { length, max } = previewText(text, manifest.text)
  if (max !== null && length > max) return refused('content.rejected', `Longer than ${max} signs.`)
  if (what !== 'like' && template === undefined && text.trim() === '' && media.length === 0) {
    return refused('content.rejected', 'There is nothing in it.')
  }
  if (what === 'like' && target.parentExternalId === null)
    return refused('target.gone', 'There is nothing to like.')
  return sendOnce(ports, key, stepsOf(graph, command), 'taken by WhatsApp')
}

/** A template stands alone; short words stand below the first file, long ones before it. */
function stepsOf(graph: Graph, command: Command): readonly Step[] {
  const { what, target, text, media = [], template } = command
  const common = commonOf(target, what !== 'notice' && what !== 'like')
  const send = (part: object): Step => {
    return async () => madeBy(await graph.post(`${graph.phone}/messages`, { ...common, ...part }))
  }
  if (what === 'like') {
    return [send({ type: 'reaction', reaction: { message_id: target.parentExternalId, emoji: '👍' } })]
  }
  if (template !== undefined) return [send({ type: 'template', template: templateOf(template) })]
  const isCaption = media.length > 0 && text.length <= mostCaption && kindOf(media[0]) !== 'audio'
  const words = isCaption || text.trim() === '' ? [] : [send({ type: 'text', text: { body: text } })]
  const files = media.map((file, index): Step => {
    const caption = isCaption && index === 0 ? text : ''
    return async () => madeBy(await sendFile(graph, common, caption, file))
  })
  return [...words, ...files]
}

function commonOf(target: Target, isBelow: boolean): object {
  const { address, parentExternalId } = target
  return {
    messaging_product: 'whatsapp',
    recipient_type: 'individual',
    to: address,
    ...(isBelow && parentExternalId !== null ? { context: { message_id: parentExternalId } } : {}),
  }
}

function kindOf(file: OutgoingMedia | undefined): 'image' | 'video' | 'audio' | 'document' {
  const { mediaType = '' } = file ?? {}
  if (/^image\/(jpeg|png)$/.test(mediaType)) return 'image'
  if (/^video\/(mp4|3gpp)$/.test(mediaType)) return 'video'
  return /^audio\/(aac|amr|mpeg|mp4|ogg)$/.test(mediaType) ? 'audio' : 'document'
}

/** Given to Meta first; it answers with a name that a message can carry. */
async function sendFile(graph: Graph, common: object, caption: string, file: OutgoingMedia): Promise<Asked> {
  const form = await multipart({ messaging_product: 'whatsapp', type: file.mediaType }, 'file', file)
  const given = await graph.upload(`${graph.phone}/media`, form)
  if (!given.ok) return { ...given, mayHaveHappened: false }
  const id = isObject(given.body) ? given.body['id'] : undefined
  if (typeof id !== 'string') {
    return { ok: false, error: 'contract.violation', detail: 'Meta took the file and did not name it.' }
  }
  const kind = kindOf(file)
  const part = {
    id,
    ...(caption === '' ? {} : { caption }),
    ...(kind === 'document' ? { filename: file.name } : {}),
  }
  return graph.post(`${graph.phone}/messages`, { ...common, type: kind, [kind]: part })
}

function madeBy(asked: Asked): Awaited<ReturnType<Step>> {
  if (!asked.ok) return asked
  const messages = isObject(asked.body) ? asked.body['messages'] : undefined
  const first: unknown = Array.isArray(messages) ? messages[0] : undefined
  if (isObject(first) && typeof first['id'] === 'string') return { ok: true, networkId: first['id'] }
  return {
    ok: false,
    error: 'contract.violation',
    detail: 'Meta took it and did not name it.',
    mayHaveHappened: true,
  }
}
