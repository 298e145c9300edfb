// Where people sign in, as the cookies and the library have to know it.

export const basePath = '/api/auth'
export const addressHeader = 'x-horseshoe-address'
export const idleSeconds = 8 * 3_600

/** Over https the cookies carry the `__Host-` prefix: no other host and no plain connection can set them. */
export function cookiePrefix(publicUrl: string): string {
  return publicUrl.startsWith('https:') ? '__Host-horseshoe' : 'horseshoe'
}

export function sessionCookie(publicUrl: string): string {
  return `${cookiePrefix(publicUrl)}.session_token`
}

/** Origins from which pages may call: the public address, and the other names of this machine where it is local. */
export function trustedOrigins(publicUrl: string): string[] {
  const url = new URL(publicUrl)
  const names = ['localhost', '127.0.0.1', '[::1]']
  if (!names.includes(url.hostname)) return [url.origin]
  return names.map((name) => `${url.protocol}//${name}${url.port === '' ? '' : `:${url.port}`}`)
}
