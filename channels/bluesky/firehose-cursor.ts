// Where listening to a firehose goes on. Numbers are those of one place, and mean nothing at another.
//   1 <number> <place> <ms>   behind the frame of this number, which was made then
//   2 <ms> <place>            with what was made from then on; its number is not known

export type FirehoseCursor = { readonly seq: number; readonly at: number | null } | { readonly since: number }

export function writeSeq(seq: number, at: number | null, place: URL): string {
  return `1 ${seq} ${place.host}${at === null ? '' : ` ${at}`}`
}

export function writeSince(since: number, place: URL): string {
  return `2 ${since} ${place.host}`
}

/** Null where there is none, or where it is of another place or version: listening begins now. */
export function readCursor(cursor: string | null, place: URL): FirehoseCursor | null {
  const [version, first, host, last] = (cursor ?? '').split(' ')
  const number = Number(first)
  if (host !== place.host || !Number.isSafeInteger(number) || number < 0) return null
  if (version === '2') return { since: number }
  if (version !== '1') return null
  const at = Number(last ?? '')
  return { seq: number, at: last !== undefined && Number.isSafeInteger(at) ? at : null }
}

/** The address to listen at. What has no number yet is looked for from the oldest that the place still has. */
export function addressOf(place: URL, from: FirehoseCursor | null): string {
  const base = `${place.href.replace(/\/+$/, '')}/xrpc/com.atproto.sync.subscribeRepos`
  if (from === null) return base
  return `${base}?cursor=${'since' in from ? 0 : from.seq}`
}
