// Pictures of ours lie in the connection's store, under names that nobody can guess: other servers fetch them without
// saying who they are.
import { createHash } from 'node:crypto'
import type { OutgoingMedia } from '../acting.ts'
import type { LinkStore } from '../ports.ts'
import type { Addresses } from './addresses.ts'
import { isObject, type Json, parseObject, textOf } from './json.ts'

const most = 4
const mostBytes = 2 * 1024 * 1024
const types = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp'])

/** A sentence where they cannot be sent; null where they can. */
export function pictureProblem(media: readonly OutgoingMedia[]): string | null {
  if (media.length > most) return `At most ${most} pictures go into one post.`
  const other = media.find(({ mediaType }) => !types.has(mediaType))
  if (other !== undefined) return `${other.name} is no picture that other servers show.`
  const large = media.find(({ bytes }) => bytes.length > mostBytes)
  return large === undefined ? null : `${large.name} is larger than 2 MB.`
}

/** Puts them where they can be fetched and gives what a note says of them. */
export async function keepPictures(
  store: LinkStore,
  own: Addresses,
  name: string,
  media: readonly OutgoingMedia[],
): Promise<readonly Json[]> {
  const attachments: Json[] = []
  for (const { mediaType, alt, bytes } of media) {
    const secret = createHash('sha256').update(own.actor).update(name).update(bytes).digest('base64url')
    const file = `${name}-${secret.slice(0, 32)}`
    const body = Buffer.from(bytes).toString('base64')
    await store.set(`file/${file}`, JSON.stringify({ mediaType, body }))
    attachments.push({ type: 'Image', mediaType, url: `${own.actor}/files/${file}`, name: alt })
  }
  return attachments
}

export async function forgetPictures(store: LinkStore, { attachment }: Json): Promise<void> {
  for (const each of Array.isArray(attachment) ? attachment : []) {
    const url = isObject(each) ? textOf(each.url) : null
    const file = url?.split('/').at(-1)
    if (file !== undefined) await store.delete(`file/${file}`)
  }
}

export async function servePicture(store: LinkStore, file: string): Promise<Response | null> {
  const kept = /^[\w-]{1,128}$/.test(file) ? parseObject((await store.get(`file/${file}`)) ?? '') : null
  const mediaType = textOf(kept?.mediaType)
  if (kept === null || mediaType === null || !types.has(mediaType)) return null
  const headers = {
    'content-type': mediaType,
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
    'cache-control': 'public, max-age=31536000, immutable',
  }
  return new Response(Buffer.from(textOf(kept.body) ?? '', 'base64'), { headers })
}
