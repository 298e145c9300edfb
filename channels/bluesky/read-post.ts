// What a post says (lexicon app.bsky.feed.post): text with facets by byte offsets, what it answers, what it embeds.
import { z } from 'zod'
import type { EngagementInput, MediaReference } from '../../contract/engagement.ts'
import { blobUrl } from './blob-url.ts'

const Ref = z.object({ uri: z.string(), cid: z.string().optional() })
export const Post = z.object({
  text: z.string(),
  createdAt: z.string(),
  reply: z.object({ root: Ref, parent: Ref }).nullish(),
  facets: z.array(z.unknown()).nullish(),
  embed: z.unknown().optional(),
  langs: z.array(z.string()).nullish(),
})
export type Post = z.infer<typeof Post>

const knownFields = new Set([
  '$type',
  'text',
  'createdAt',
  'reply',
  'facets',
  'embed',
  'langs',
  // Known, and of no use here: a form of facets before facets, what the author labels it with, more tags.
  'entities',
  'labels',
  'tags',
])

const Facet = z.object({
  index: z.object({ byteStart: z.number(), byteEnd: z.number() }),
  features: z.array(z.looseObject({ $type: z.string() })),
})
const Mention = z.object({ $type: z.literal('app.bsky.richtext.facet#mention'), did: z.string() })
const knownFeatures = /^app\.bsky\.richtext\.facet#(mention|link|tag)$/

export interface Mentioned {
  readonly did: string
  /** As the text says it, without @. */
  readonly handle: string
}

export function mentionsOf(post: Pick<Post, 'text' | 'facets'>): readonly Mentioned[] {
  const bytes = Buffer.from(post.text)
  return (post.facets ?? []).flatMap((each) => {
    const facet = Facet.safeParse(each).data
    const { did } = facet?.features.map((feature) => Mention.safeParse(feature).data).find(Boolean) ?? {}
    if (facet === undefined || did === undefined) return []
    const shown = bytes.subarray(facet.index.byteStart, facet.index.byteEnd).toString()
    return [{ did, handle: shown.replace(/^@/, '').trim() }]
  })
}

const Blob = z.object({ ref: z.object({ $link: z.string() }), mimeType: z.string().optional() })
const Picture = z.object({ image: Blob, alt: z.string().optional() })
const Kind = z.looseObject({ $type: z.string() })
const Images = z.object({ images: z.array(z.unknown()) })
const Gallery = z.object({ items: z.array(z.unknown()) })
const Video = z.object({ video: Blob, alt: z.string().optional() })
const Card = z.object({ external: z.object({ uri: z.string(), title: z.string().optional() }) })
const Quote = z.object({ record: Ref })
const QuoteWithMedia = z.object({ record: Quote, media: z.unknown() })

export interface Embedded {
  readonly quoted: string | null
  readonly media: EngagementInput['media']
  /** A page that the post shows as a card. */
  readonly link: string | null
  readonly unknown: readonly string[]
}

const nothing: Embedded = { quoted: null, media: [], link: null, unknown: [] }

/** `at`: whose files they are, and which server gives them. */
export function readEmbed(embed: unknown, at: { readonly did: string; readonly service: string }): Embedded {
  if (embed === undefined || embed === null) return nothing
  const kind = Kind.safeParse(embed).data?.$type ?? 'an embed without a kind'
  const read = readers[kind]?.(embed, at) ?? null
  return read ?? { ...nothing, unknown: [`embed ${kind}`.slice(0, 200)] }
}

type Reader = (embed: unknown, at: { readonly did: string; readonly service: string }) => Embedded | null

const readers: Readonly<Record<string, Reader>> = {
  'app.bsky.embed.images': (embed, at) => pictures(Images.safeParse(embed).data?.images, at),
  'app.bsky.embed.gallery': (embed, at) => pictures(Gallery.safeParse(embed).data?.items, at),
  'app.bsky.embed.video': (embed, { did, service }) => {
    const { data } = Video.safeParse(embed)
    if (data === undefined) return null
    const url = `${service}/xrpc/com.atproto.sync.getBlob?did=${did}&cid=${data.video.ref.$link}`
    return { ...nothing, media: mediaOf(url, data.video.mimeType ?? 'video/mp4', data.alt) }
  },
  'app.bsky.embed.external': (embed) => {
    const { data } = Card.safeParse(embed)
    return data === undefined ? null : { ...nothing, link: data.external.uri }
  },
  'app.bsky.embed.record': (embed) => {
    const { data } = Quote.safeParse(embed)
    return data === undefined ? null : { ...nothing, quoted: data.record.uri }
  },
  'app.bsky.embed.recordWithMedia': (embed, at) => {
    const { data } = QuoteWithMedia.safeParse(embed)
    return data === undefined ? null : { ...readEmbed(data.media, at), quoted: data.record.record.uri }
  },
}

function pictures(
  items: readonly unknown[] | undefined,
  { did, service }: { readonly did: string; readonly service: string },
): Embedded | null {
  if (items === undefined) return null
  const read = items.slice(0, 20).map((item) => Picture.safeParse(item).data)
  const media = read.flatMap((picture) =>
    picture === undefined
      ? []
      : mediaOf(blobUrl(service, did, picture.image.ref.$link), picture.image.mimeType, picture.alt),
  )
  return { ...nothing, media, unknown: read.includes(undefined) ? ['a picture of another kind'] : [] }
}

function mediaOf(url: string, mediaType: string | undefined, alt: string | undefined): MediaReference[] {
  if (url.length > 2_048 || !URL.canParse(url)) return []
  return [
    {
      url,
      ...(mediaType === undefined ? {} : { mediaType: mediaType.slice(0, 127) }),
      ...(alt === undefined || alt === '' ? {} : { alt: alt.slice(0, 2_000) }),
    },
  ]
}

/** Fields and features of a record that this channel does not know. */
export function unknownIn(record: object, post: Post): readonly string[] {
  const fields = Object.keys(record).filter((name) => !knownFields.has(name))
  const features = (post.facets ?? []).flatMap((each) => {
    const facet = Facet.safeParse(each).data
    if (facet === undefined) return ['a facet of another kind']
    return facet.features.flatMap(({ $type }) => (knownFeatures.test($type) ? [] : [`feature ${$type}`]))
  })
  return [...fields.map((name) => `field ${name}`), ...features]
    .map((each) => each.slice(0, 200))
    .slice(0, 20)
}
