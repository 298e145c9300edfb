import { z } from 'zod'
import type { OutgoingMedia } from '../acting.ts'
import { ChannelFailure, type Link } from '../channel.ts'
import type { Ports } from '../ports.ts'
import { parse } from './heard.ts'
import { call } from './xrpc.ts'

const most = { pictures: 4, bytes: 2_000_000 }

const Uploaded = z.object({
  blob: z.object({
    $type: z.literal('blob'),
    ref: z.object({ $link: z.string() }),
    mimeType: z.string(),
    size: z.number(),
  }),
})

/** Why these cannot be shown; null where they can. */
export function problemOf(media: readonly OutgoingMedia[]): string | null {
  if (media.length > most.pictures) return `A post shows ${most.pictures} pictures at most.`
  const other = media.find(({ mediaType }) => !mediaType.startsWith('image/'))
  if (other !== undefined) return `Bluesky takes pictures from here, and ${other.name} is none.`
  const large = media.find(({ bytes }) => bytes.length > most.bytes)
  return large === undefined ? null : `${large.name} is larger than 2 MB.`
}

/** An embed of these pictures; they stay on the server only where a post shows them. */
export async function uploadPictures(
  ports: Ports,
  link: Link,
  media: readonly OutgoingMedia[],
): Promise<object> {
  const images: object[] = []
  for (const { bytes, mediaType, alt } of media) {
    const answer = await upload(ports, link, { bytes, mediaType })
    images.push({ alt, image: parse(Uploaded, answer, 'An uploaded picture').blob })
  }
  return { $type: 'app.bsky.embed.images', images }
}

/** Nothing anybody sees: where the answer was lost it is uploaded again. */
async function upload(
  ports: Ports,
  link: Link,
  body: { readonly bytes: Uint8Array; readonly mediaType: string },
) {
  try {
    return await call(ports, link, { method: 'com.atproto.repo.uploadBlob', body })
  } catch (error) {
    if (!(error instanceof ChannelFailure) || error.code !== 'timeout.unknown') throw error
    throw new ChannelFailure('network.down', error.message, { cause: error })
  }
}
