import { z } from 'zod'
import type { Link, RawEvent } from '../channel.ts'
import type { Ports } from '../ports.ts'
import { names } from './at-uri.ts'
import { parse, rawEvent, timeOf } from './heard.ts'
import { call } from './xrpc.ts'

const Records = z.object({
  records: z.array(z.looseObject({ uri: z.string() })),
  cursor: z.string().optional(),
})
const Dated = z.object({ value: z.object({ createdAt: z.string() }) })

export interface OwnPage {
  readonly events: readonly RawEvent[]
  readonly next: string | null
}

/** Posts of our account, whoever wrote them, newest first; from the account's own repository. */
export async function ownPosts(
  ports: Ports,
  link: Link,
  { us, page, limit }: { readonly us: string; readonly page: string | null; readonly limit: number },
): Promise<OwnPage> {
  const query = {
    repo: us,
    collection: names.post,
    limit: String(Math.min(100, Math.max(1, limit))),
    ...(page === null ? {} : { cursor: page }),
  }
  const answer = await call(ports, link, { method: 'com.atproto.repo.listRecords', query })
  const { records, cursor } = parse(Records, answer, 'The list of our own posts')
  const events = records.map((record) => {
    const at = timeOf(Dated.safeParse(record).data?.value.createdAt ?? '')
    return rawEvent({ action: 'create', uri: record.uri }, record, { form: 'record', at })
  })
  return { events, next: cursor ?? null }
}

const Latest = z.object({ rev: z.string() })

/** Changes with every change of our own repository. */
export async function ownRevision(ports: Ports, link: Link, us: string): Promise<string> {
  const method = 'com.atproto.sync.getLatestCommit'
  const answer = await call(ports, link, { method, query: { did: us }, token: null })
  return parse(Latest, answer, 'The state of our own repository').rev
}
