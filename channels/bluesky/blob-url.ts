/** Where a picture of somebody can be fetched: bsky.social has a place for pictures, other servers give files alone. */
export function blobUrl(service: string, did: string, cid: string): string {
  if (/^https:\/\/([a-z0-9-]+\.)*bsky\.(social|network)$/i.test(service)) {
    return `https://cdn.bsky.app/img/feed_fullsize/plain/${did}/${cid}@jpeg`
  }
  return `${service}/xrpc/com.atproto.sync.getBlob?did=${encodeURIComponent(did)}&cid=${encodeURIComponent(cid)}`
}
