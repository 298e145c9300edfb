import { implement, ORPCError } from '@orpc/server'
import { contract } from '../../../contract/index.ts'
import type { Access } from '../../../contract/endpoint.ts'
import { Permission } from '../../../contract/policy.ts'
import { deviceOf } from '../auth/device-words.ts'
import type { Authenticator, Principal, SignedIn } from '../auth/authenticator.ts'

/** What each call brings along, before anybody is known. */
export interface Call {
  readonly headers: Headers
  /** Address of the caller, from the socket or a trusted proxy. */
  readonly address: string
  readonly auth: Authenticator
}

const base = implement(contract).$context<Call>()

function accessOf(procedure: {
  readonly '~orpc': { readonly meta: { readonly access?: Access } }
}): Access | undefined {
  return procedure['~orpc'].meta.access
}

/** Endpoints that anybody may call. Throws at the first call where the contract says otherwise. */
export const open = base.use(({ next, procedure }) => {
  if (accessOf(procedure) !== 'public') throw new Error('an endpoint that is not public is served openly')
  return next()
})

/** Endpoints for anybody signed in. */
export const signedIn = base.use(async ({ context, next, procedure }) => {
  if (accessOf(procedure) !== 'session')
    throw new Error('an endpoint is served by session that says otherwise')
  const user: SignedIn | null = await context.auth.signedIn(context.headers)
  if (user === null) throw new ORPCError('UNAUTHORIZED', { status: 401, message: 'Please sign in.' })
  return next({ context: { user } })
})

/** Endpoints that need a permission: the one place where it is checked. */
export const guarded = base.use(async ({ context, next, procedure }) => {
  const permission = Permission.safeParse(accessOf(procedure))
  if (!permission.success) throw new Error('an endpoint without a permission is served as guarded')
  const principal: Principal | null = await context.auth.principal(context.headers)
  if (principal === null) throw new ORPCError('UNAUTHORIZED', { status: 401, message: 'Please sign in.' })
  if (!principal.permissions.has(permission.data)) {
    throw new ORPCError('FORBIDDEN', { status: 403, message: 'Your role does not allow this.' })
  }
  const from = { address: context.address, device: deviceOf(context.headers.get('user-agent')) }
  const scope = { ...principal.scope, from }
  return next({ context: { principal: { ...principal, scope }, scope } })
})
