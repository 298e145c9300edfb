// The address of a site, and the names that its comments and people bear with us. Comment ids are numbers that every
// site counts from 1, so the site is part of the name.

export interface Site {
  /** Without a slash at its end. */
  readonly url: string
  /** Host, port and path. */
  readonly key: string
}

const thisMachine = /^(localhost|127(\.\d+){3}|\[::1\])$/

/** Null where it is no address of a site, or a password would cross the net in the clear. */
export function readSite(text: string): Site | null {
  const address = text.trim()
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:/i.test(address) ? address : `https://${address}`)
  if (url === null || url.hostname === '' || url.username !== '' || url.password !== '') return null
  const isSafe = url.protocol === 'https:' || (url.protocol === 'http:' && thisMachine.test(url.hostname))
  if (!isSafe) return null
  const path = url.pathname.replace(/\/(index\.php|wp-admin.*|wp-json.*|wp-login\.php)?\/*$/, '')
  return { url: `${url.origin}${path}`, key: `${url.host}${path}`.slice(0, 400) }
}

export function commentName(site: Site, id: number): string {
  return `${site.key}#comment-${id}`
}

/** The number of a comment of this site; null where it names something else. */
export function commentId(site: Site, name: string | null): number | null {
  const prefix = `${site.key}#comment-`
  if (name === null || !name.startsWith(prefix)) return null
  const digits = name.slice(prefix.length)
  return /^[1-9]\d{0,15}$/.test(digits) ? Number(digits) : null
}

export function userName(site: Site, id: number): string {
  return `${site.key}#user-${id}`
}
