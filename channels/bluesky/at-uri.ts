// at://did/collection/rkey names one record (https://atproto.com/specs/at-uri-scheme).

export const names = {
  post: 'app.bsky.feed.post',
  like: 'app.bsky.feed.like',
  repost: 'app.bsky.feed.repost',
  follow: 'app.bsky.graph.follow',
  block: 'app.bsky.graph.block',
} as const

export interface RecordName {
  readonly did: string
  readonly collection: string
  readonly rkey: string
}

const pattern =
  /^at:\/\/(did:[a-z]+:[A-Za-z0-9._:%-]{1,200})\/([A-Za-z0-9.-]{1,200})\/([A-Za-z0-9._~:-]{1,200})$/

export function readUri(uri: string): RecordName | null {
  const [, did, collection, rkey] = pattern.exec(uri) ?? []
  return did === undefined || collection === undefined || rkey === undefined
    ? null
    : { did, collection, rkey }
}

export function uriOf({ did, collection, rkey }: RecordName): string {
  return `at://${did}/${collection}/${rkey}`
}
