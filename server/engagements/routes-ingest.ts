import { Hono, type Context } from 'hono'

import { Webhook } from 'standardwebhooks'
import { EngagementInput, type AcceptedItem } from '../../contract/engagement.ts'
import { callerOf } from '../platform/http/caller.ts'
import { limitBody } from '../platform/http/limit-body.ts'
import type { Scope } from '../platform/db/scope.ts'
import type { Platform } from '../platform/platform.ts'
import { openSource } from '../workspace/index.ts'
import type { Ingest } from './ingest.ts'

const maxBytes = 16 * 1024 * 1024
const maxItems = 1_000
const signedHeaders = ['webhook-id', 'webhook-timestamp', 'webhook-signature']

/** `POST /engagements`: by API key, or signed as Standard Webhooks says. The bytes are read once, and verified as they came. */
export function ingestRoute(platform: Platform, ingest: Ingest): Hono {
  const app = new Hono()
  app.post('/engagements', limitBody(maxBytes), async (c) => {
    const body = await c.req.text()
    const scope = await scopeOf(c, platform, body)
    if (scope instanceof Response) return scope
    const items = parseItems(body)
    if (typeof items === 'string') return c.json({ code: 'INVALID', status: 422, message: items }, 422)
    return c.json({ results: await acceptEach(ingest, scope, items) })
  })
  return app
}

async function scopeOf(c: Context, platform: Platform, body: string): Promise<Scope | Response> {
  const sourceId = c.req.header('horseshoe-source')
  if (sourceId === undefined) {
    const principal = await callerOf(c, platform.auth, 'engagements.ingest')
    return principal instanceof Response ? principal : principal.scope
  }
  const source = await openSource(platform, sourceId)
  const headers = Object.fromEntries(signedHeaders.map((name) => [name, c.req.header(name) ?? '']))
  if (source !== null && source.secrets.some((secret) => isSigned(secret.reveal(), body, headers)))
    return source.scope
  return c.json({ code: 'UNAUTHORIZED', status: 401, message: 'The signature does not fit.' }, 401)
}

function isSigned(secret: string, body: string, headers: Record<string, string>): boolean {
  try {
    new Webhook(secret).verify(body, headers, { jsonParse: false })
    return true
  } catch {
    return false
  }
}

/** The items as they came, or why the body as a whole is refused. */
function parseItems(body: string): readonly unknown[] | string {
  let parsed: unknown
  try {
    parsed = JSON.parse(body)
  } catch (error) {
    return `This is not JSON: ${error instanceof Error ? error.message : 'unreadable'}`
  }
  if (typeof parsed !== 'object' || parsed === null || !('engagements' in parsed))
    return 'The body must hold "engagements".'
  const { engagements } = parsed
  if (!Array.isArray(engagements) || engagements.length === 0)
    return '"engagements" must be a list with at least one item.'
  if (engagements.length > maxItems)
    return `At most ${maxItems} engagements at once; these are ${engagements.length}.`
  return engagements
}

/** A bad item is refused with its reason and the rest accepted; results stand in the order of the items. */
async function acceptEach(
  ingest: Ingest,
  scope: Scope,
  items: readonly unknown[],
): Promise<readonly AcceptedItem[]> {
  const results: AcceptedItem[] = []
  const good: { readonly index: number; readonly input: EngagementInput }[] = []
  for (const [index, item] of items.entries()) {
    const parsed = EngagementInput.safeParse(item)
    if (parsed.success) good.push({ index, input: parsed.data })
    else results[index] = { result: 'refused', reason: reasonOf(parsed.error.issues) }
  }
  const accepted =
    good.length === 0
      ? []
      : await ingest.accept(
          scope,
          good.map((item) => item.input),
          { via: 'api' },
        )
  for (const [position, result] of accepted.entries()) {
    const index = good[position]?.index
    if (index !== undefined) results[index] = result
  }
  return results
}

function reasonOf(
  issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[],
): string {
  return issues
    .slice(0, 5)
    .map((issue) => `${issue.path.map(String).join('.') || 'item'}: ${issue.message}`)
    .join('; ')
}
