// The addresses that the Segment libraries call: `/v1/track` and its short form `/v1/t` from browsers, `/v1/batch` from
// servers, and the settings that a browser asks for first. Open to every site, by publishable key; nothing is answered
// that was not said in the request.
import { Hono, type Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { cors } from 'hono/cors'
import { guessNetwork } from '../platform/auth/guess-buckets.ts'
import { openGuesses } from '../platform/auth/guesses.ts'
import type { Platform } from '../platform/platform.ts'
import { takeCalls } from './commands.ts'
import { openSite, type OpenSite } from './commands-sites.ts'
import { readCall, type CallType, type SiteCall } from './read-call.ts'

const maxBytes = 500 * 1024
const mostCalls = 1_000
/** Requests of one address to one site in an hour. */
const mostRequests = 20_000

const kinds: Readonly<Record<string, CallType | 'batch'>> = {
  t: 'track',
  track: 'track',
  p: 'page',
  page: 'page',
  s: 'screen',
  screen: 'screen',
  i: 'identify',
  identify: 'identify',
  g: 'group',
  group: 'group',
  a: 'alias',
  alias: 'alias',
  b: 'batch',
  batch: 'batch',
  import: 'batch',
}

export interface CollectParts {
  readonly platform: Platform
  /** The caller's address, for the limit. */
  readonly addressOf: (c: Context) => string
}

export function collectRoutes({ platform, addressOf }: CollectParts): Hono {
  const app = new Hono().basePath('/segment/v1')
  app.use('*', cors({ origin: '*', allowMethods: ['GET', 'POST'], maxAge: 86_400 }))
  app.get('/projects/:key/settings', async (c) => {
    const site = await openSite(platform, c.req.param('key'))
    if (site === null) return c.json({ message: 'There is no such key.' }, 404)
    return c.json(settingsFor(c.req.param('key'), platform.publicUrl), 200, {
      'Cache-Control': 'max-age=300',
    })
  })
  app.post('/:kind', bodyLimit({ maxSize: maxBytes }), async (c) => {
    const kind = kinds[c.req.param('kind')]
    if (kind === undefined) return c.json({ message: 'There is no such call.' }, 404)
    const body = parse(await c.req.text())
    if (body === undefined) return c.json({ message: 'This is not JSON.' }, 400)
    const caller = await findCaller(platform, c, body)
    if (caller === null) return c.json({ message: 'The key is not known.' }, 401)
    const origin = c.req.header('origin')
    const { site, isFromServer } = caller
    if (origin !== undefined && site.origins.length > 0 && !site.origins.includes(origin)) {
      return c.json({ message: 'This site may not use the key.' }, 403)
    }
    if (!(await isWithinLimit(platform, site, addressOf(c)))) {
      return c.json({ message: 'Too many calls.' }, 429, { 'Retry-After': '600' })
    }
    const read = readAll(body, kind, new Date(platform.clock.now()))
    if (typeof read === 'string') return c.json({ message: read }, 400)
    await takeCalls(platform, site, read, isFromServer)
    return c.json({ success: true })
  })
  return app
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    const parsed: unknown = JSON.parse(text)
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? { ...parsed } : undefined
  } catch {
    return undefined
  }
}

interface Caller {
  readonly site: OpenSite
  readonly isFromServer: boolean
}

/** Browsers name the key in the body or as user name; a server gives the secret as its password. */
async function findCaller(
  platform: Platform,
  c: Context,
  body: Record<string, unknown>,
): Promise<Caller | null> {
  const [name = '', password = ''] = basicAuth(c.req.header('authorization') ?? '')
  const key = name === '' ? body['writeKey'] : name
  if (typeof key !== 'string' || key === '' || key.length > 100) return null
  const site = await openSite(platform, key)
  if (site === null) return null
  if (password === '') return { site, isFromServer: false }
  return site.secret.reveal() === password ? { site, isFromServer: true } : null
}

function basicAuth(header: string): readonly string[] {
  if (!/^basic /i.test(header)) return []
  const text = Buffer.from(header.slice(6), 'base64').toString()
  const colon = text.indexOf(':')
  return colon === -1 ? [text] : [text.slice(0, colon), text.slice(colon + 1)]
}

async function isWithinLimit(platform: Platform, site: OpenSite, address: string): Promise<boolean> {
  const tries = openGuesses(platform.database.owner, platform.clock)
  const name = `site ${site.id} ${guessNetwork(address)}`
  return (await tries.reserve([{ name, limit: mostRequests }])).ok
}

/** All calls of a body, or why it is refused as a whole: a library sends a refused batch to nobody else. */
function readAll(
  body: Record<string, unknown>,
  kind: CallType | 'batch',
  now: Date,
): readonly SiteCall[] | string {
  const single = kind !== 'batch'
  const batch: unknown = single ? [body] : body['batch']
  if (!Array.isArray(batch) || batch.length > mostCalls) return `A batch holds up to ${mostCalls} calls.`
  const calls: SiteCall[] = []
  for (const [index, raw] of batch.entries()) {
    const withSent: unknown = single || typeof raw !== 'object' ? raw : { sentAt: body['sentAt'], ...raw }
    const read = readCall(withSent, single ? kind : null, now)
    if (!read.ok) return single ? read.reason : `${index}: ${read.reason}`
    calls.push(read.call)
  }
  return calls
}

/** What the browser library asks for before it sends: where to, and that nothing else is loaded. */
function settingsFor(writeKey: string, publicUrl: string) {
  const { protocol, host } = new URL(publicUrl)
  const enabled = { __default: { enabled: true, integrations: {} } }
  return {
    integrations: {
      'Segment.io': {
        apiKey: writeKey,
        apiHost: `${host}/segment/v1`,
        protocol: protocol.replace(':', ''),
        unbundledIntegrations: [],
        addBundledMetadata: true,
        maybeBundledConfigIds: {},
        versionSettings: { version: '4.4.7', componentTypes: ['browser'] },
      },
    },
    plan: { track: enabled, identify: enabled, group: enabled },
    edgeFunction: {},
    analyticsNextEnabled: true,
    middlewareSettings: {},
    enabledMiddleware: {},
    metrics: { sampleRate: 0 },
    legacyVideoPluginsEnabled: false,
    remotePlugins: [],
  }
}
