// How fedify reads documents of other servers: always through our ports, never by itself.
import type { DocumentLoader } from '@fedify/fedify/runtime'
import type { HttpAnswer, Ports } from '../ports.ts'
import type { Addresses } from './addresses.ts'
import { BoundedMap } from './bounded-map.ts'
import { accepted, signedRequest } from './signed-request.ts'

const day = 86_400_000

/**
 * Reads plainly: keys and actors that anybody may read. Somebody who says much is not looked up for each word; a new key
 * is seen after half a minute.
 */
export function plainLoader(ports: Ports): DocumentLoader {
  const read = new BoundedMap<Awaited<ReturnType<DocumentLoader>>>(500, ports.clock.now)
  return async (url) => {
    const before = read.get(url)
    if (before !== undefined) return before
    const answer = await ports.http.fetch({ url, headers: { accept: accepted }, maxBytes: 1024 * 1024 })
    const document = await readDocument(url, answer)
    read.set(url, document, 30_000)
    return document
  }
}

/** Reads in the name of an actor: servers that show nothing to strangers, and notes that are for us alone. */
export function signedLoader(ports: Ports, own: Addresses): DocumentLoader {
  return async (url) => readDocument(url, await signedRequest(ports, own, { url }))
}

/** Vocabularies do not change: the usual ones come with fedify, others are read once a day. */
export function contextLoader(
  load: DocumentLoader,
  shipped: Readonly<Record<string, unknown>>,
  now: () => number,
): DocumentLoader {
  const read = new BoundedMap<Awaited<ReturnType<DocumentLoader>>>(200, now)
  return async (url) => {
    if (Object.hasOwn(shipped, url)) return { contextUrl: null, document: shipped[url], documentUrl: url }
    const before = read.get(url)
    if (before !== undefined) return before
    const document = await load(url)
    read.set(url, document, day)
    return document
  }
}

async function readDocument(url: string, answer: HttpAnswer): ReturnType<DocumentLoader> {
  const type = String(answer.headers['content-type'] ?? '')
  const isJson = /^application\/(.+\+)?json\b/i.test(type)
  if (answer.status !== 200 || !isJson) {
    const { FetchError } = await import('@fedify/fedify/runtime')
    const status = answer.status === 200 ? 415 : answer.status
    throw new FetchError(new URL(url), `it answers ${status}`, new Response(null, { status }))
  }
  const document: unknown = JSON.parse(answer.body.toString('utf8'))
  return { contextUrl: null, document, documentUrl: answer.url }
}
