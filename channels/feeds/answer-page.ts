// Our answer as a page of ours: an h-entry that says what it answers, so that the other page can read it there.
// https://microformats.org/wiki/in-reply-to
import { z } from 'zod'
import type { LinkStore } from '../ports.ts'

export const prefix = '/mentions/'

export const Answer = z.object({
  /** The page that it answers, likes or shares. */
  on: z.string(),
  what: z.enum(['reply', 'like', 'share']),
  text: z.string(),
  speaker: z.string(),
  /** Ms since 1970. */
  at: z.number(),
  changedAt: z.number().nullable(),
  isGone: z.boolean(),
  /** The other page has taken it. */
  isTold: z.boolean(),
})
export type Answer = z.infer<typeof Answer>

export async function readAnswer(store: LinkStore, name: string): Promise<Answer | null> {
  if (!/^[\w-]{1,128}$/.test(name)) return null
  const kept = await store.get(`answer:${name}`)
  return kept === null ? null : (Answer.safeParse(JSON.parse(kept)).data ?? null)
}

export async function keepAnswer(store: LinkStore, name: string, answer: Answer): Promise<void> {
  await store.set(`answer:${name}`, JSON.stringify(answer))
}

const relation = { reply: 'u-in-reply-to', like: 'u-like-of', share: 'u-repost-of' } as const
const verb = { reply: 'answers', like: 'likes', share: 'shares' } as const

/** `endpoint`: where others tell us that they answer this page. */
export function answerPage(answer: Answer, url: string, endpoint: string): string {
  const { on, what, text, speaker, at, changedAt } = answer
  const time = (ms: number): string => new Date(ms).toISOString()
  const changed = changedAt === null ? '' : `<time class="dt-updated" datetime="${time(changedAt)}"></time>`
  const words = escape(text).replaceAll('\n', '<br>')
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex">
<title>${escape(speaker)} ${verb[what]} a page</title>
<link rel="webmention" href="${escape(endpoint)}">
</head>
<body>
<article class="h-entry">
<p><a class="p-author h-card" href="${escape(new URL('/', url).href)}">${escape(speaker)}</a> ${verb[what]} <a class="${relation[what]}" href="${escape(on)}">${escape(on)}</a></p>
<div class="e-content">${words}</div>
<p><a class="u-url" href="${escape(url)}"><time class="dt-published" datetime="${time(at)}">${time(at).slice(0, 10)}</time></a>${changed}</p>
</article>
</body>
</html>
`
}

function escape(text: string): string {
  return text
    .toWellFormed()
    .replaceAll('\0', '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}
