// Which operations of a firehose concern us, told without knowing our posts: their names carry our account's id. What
// was deleted says nothing but its name; it concerns us where its author ever spoke to us.
import { z } from 'zod'
import { names } from './at-uri.ts'
import { mentionsOf } from './read-post.ts'

const Ref = z.object({ uri: z.string() })
const Subject = z.object({ subject: z.union([z.string(), Ref]) })
const PostLike = z.object({
  text: z.string().catch(''),
  facets: z.array(z.unknown()).nullish().catch(null),
  reply: z.object({ root: Ref.optional(), parent: Ref.optional() }).nullish().catch(null),
})

/** Collections whose records this channel reads. */
export const collections: ReadonlySet<string> = new Set(Object.values(names))

/** `record` as made by somebody else; whoever is written about without being addressed is not concerned. */
export function concernsUs(collection: string, record: unknown, us: string): boolean {
  if (collection === names.post) return postConcerns(record, us)
  const { data } = Subject.safeParse(record)
  if (data === undefined) return false
  if (typeof data.subject === 'string') return data.subject === us
  return data.subject.uri.startsWith(`at://${us}/`)
}

function postConcerns(record: unknown, us: string): boolean {
  const { data } = PostLike.safeParse(record)
  if (data === undefined) return true
  const ours = `at://${us}/`
  if (data.reply?.parent?.uri.startsWith(ours) || data.reply?.root?.uri.startsWith(ours)) return true
  return mentionsOf(data).some(({ did }) => did === us) || quotes(record, ours)
}

const Embed = z.object({ embed: z.looseObject({ record: z.unknown() }) })
const Quoted = z.union([Ref, z.object({ record: Ref })])

function quotes(record: unknown, ours: string): boolean {
  const quoted = Quoted.safeParse(Embed.safeParse(record).data?.embed.record).data
  if (quoted === undefined) return false
  return ('uri' in quoted ? quoted.uri : quoted.record.uri).startsWith(ours)
}
