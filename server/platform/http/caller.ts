import type { Context } from 'hono'
import type { Permission } from '../../../contract/policy.ts'
import type { Authenticator, Principal } from '../auth/authenticator.ts'

/**
 * Headers of a request whose workspace may stand in the address (`?workspace=slug`): downloads and the live stream
 * cannot set headers. The workspace is still checked against membership.
 */
export function headersOf(c: Context): Headers {
  const slug = c.req.query('workspace')
  if (slug === undefined || c.req.header('horseshoe-workspace') !== undefined) return c.req.raw.headers
  const headers = new Headers(c.req.raw.headers)
  headers.set('Horseshoe-Workspace', slug)
  return headers
}

/** Who calls a stream beside the contract; a refusal where they may not. */
export async function callerOf(
  c: Context,
  auth: Authenticator,
  permission: Permission,
): Promise<Principal | Response> {
  const principal = await auth.principal(headersOf(c))
  if (principal === null)
    return c.json({ code: 'UNAUTHORIZED', status: 401, message: 'Please sign in.' }, 401)
  if (principal.permissions.has(permission)) return principal
  return c.json({ code: 'FORBIDDEN', status: 403, message: 'Your role does not allow this.' }, 403)
}
