import { OpenAPIGenerator } from '@orpc/openapi'
import { OpenAPIHandler } from '@orpc/openapi/fetch'
import { onError, ORPCError } from '@orpc/server'
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4'
import { getConnInfo } from '@hono/node-server/conninfo'
import { Hono, type Context, type Handler } from 'hono'
import { contract } from '../contract/index.ts'
import { errors } from '../contract/errors.ts'
import { collectRoutes } from './actions/index.ts'
import { connectionPartsOf } from './channels.ts'
import { createKeeper, hookRoute, siteRoutes } from './connections/index.ts'
import { createIngest, type Ingest } from './engagements/index.ts'
import { workspaceHooks } from './hooks.ts'
import type { AuthDoor } from './platform/auth/authenticator.ts'
import { trustedOrigins } from './platform/auth/sign-in-place.ts'
import { clientAddress } from './platform/http/client-address.ts'
import { limitBody } from './platform/http/limit-body.ts'
import { liveRoute } from './platform/http/live-route.ts'
import { sameOriginOnly, securityHeaders } from './platform/http/security.ts'
import { staticFiles } from './platform/http/static-files.ts'
import { isDatabaseAway, isUnstorableText } from './platform/http/unavailable.ts'
import type { Platform } from './platform/platform.ts'
import { router } from './router.ts'
import { streams } from './streams.ts'
import { listenToDoor } from './workspace/index.ts'

export interface AppOptions {
  readonly platform: Platform
  readonly auth: AuthDoor
  readonly webFolder: string
  readonly trustedProxies: readonly string[]
  /** Whether workers and database are ready, in words. */
  readonly readiness: () => Promise<{
    readonly isReady: boolean
    readonly detail: Readonly<Record<string, string>>
  }>
}

const maxBody = 1024 * 1024
const unstorable = 'A text holds a character that cannot be kept (NUL). Take it out.'

/** The web server: sign-in, the API of the contract, the streams beside it, the web app. */
export function createApp(options: AppOptions): Hono {
  const { platform, auth } = options
  const ingest = createIngest(platform)
  const connections = connectionPartsOf(platform)
  const keeper = createKeeper(connections)
  auth.listen(listenToDoor(platform))
  const app = new Hono()
  app.use(securityHeaders(platform.publicUrl.startsWith('https:')))
  app.get('/healthz', (c) => c.json({ alive: true }))
  app.get('/readyz', async (c) => {
    const { isReady, detail } = await options.readiness()
    return c.json({ ready: isReady, ...detail }, isReady ? 200 : 503)
  })
  // Before the check of the origin: a network's push bears no cookie, and its address holds the secret.
  const addressOf = (c: Context): string => callerOf(c, options.trustedProxies)
  app.route('/api/v1', hookRoute({ parts: connections, keeper, addressOf }))
  app.use('/api/*', sameOriginOnly(trustedOrigins(platform.publicUrl)))
  app.all('/api/auth/*', (c) => auth.handle(c.req.raw, callerOf(c, options.trustedProxies)))
  app.get('/api/auth-options', (c) => c.json(auth.options()))
  app.get('/api/v1/openapi.json', async (c) => c.json(await openApiDocument(platform.publicUrl)))
  app.get('/api/v1/live', liveRoute(auth, platform.live))
  app.route('/api/v1', streams(platform, ingest))
  app.use('/api/v1/*', limitBody(maxBody), apiHandler(options, ingest))
  app.route('/', collectRoutes({ platform, addressOf }))
  app.route('/', siteRoutes(connections, keeper))
  app.get('*', staticFiles(options.webFolder))
  app.onError((error, c) => {
    if (isDatabaseAway(error)) return c.json(errorBody('UNAVAILABLE'), 503, { 'Retry-After': '2' })
    platform.log.error({ error }, 'request failed')
    return c.json({ code: 'INTERNAL_SERVER_ERROR', status: 500, message: 'Something went wrong here.' }, 500)
  })
  return app
}

function errorBody(code: keyof typeof errors): { code: string; status: number; message: string } {
  return { code, status: errors[code].status, message: errors[code].message }
}

function callerOf(c: Context, trustedProxies: readonly string[]): string {
  const socket = getConnInfo(c).remote.address ?? ''
  return clientAddress(socket, c.req.header('x-forwarded-for') ?? null, trustedProxies)
}

function apiHandler({ platform, auth, trustedProxies }: AppOptions, ingest: Ingest): Handler {
  const handler = new OpenAPIHandler(router({ platform, ingest, hooks: workspaceHooks(platform, ingest) }), {
    interceptors: [
      onError((error) => {
        if (isDatabaseAway(error))
          throw new ORPCError('UNAVAILABLE', { status: 503, message: errors.UNAVAILABLE.message })
        if (isUnstorableText(error)) throw new ORPCError('INVALID', { status: 422, message: unstorable })
        if (!(error instanceof ORPCError)) platform.log.error({ error }, 'call failed')
      }),
    ],
  })
  return async (c) => {
    const context = { headers: c.req.raw.headers, address: callerOf(c, trustedProxies), auth }
    const { matched, response } = await handler.handle(c.req.raw, { prefix: '/api/v1', context })
    if (!matched) return c.json(errorBody('NOT_FOUND'), 404)
    const answer = new Response(response.body, response)
    if (response.status === 503) answer.headers.set('Retry-After', '2')
    return answer
  }
}

let document: Promise<unknown> | undefined
/** OpenAPI 3.1 of the contract; made once. */
function openApiDocument(publicUrl: string): Promise<unknown> {
  document ??= new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] }).generate(
    contract,
    {
      info: { title: 'Horseshoe', version: '1' },
      servers: [{ url: `${publicUrl}/api/v1` }],
    },
  )
  return document
}
