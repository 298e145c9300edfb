/** Somebody who talks to a running server as a browser would: with a cookie, in one workspace. */
export interface HttpClient {
  /** The cookies of the session, as `name=value` pairs. */
  readonly cookies: readonly { readonly name: string; readonly value: string }[]
  // Callers look into answers of all shapes.
  // eslint-disable-next-line typescript/no-explicit-any
  call(method: string, path: string, body?: unknown): Promise<any>
  /** Sends the bytes of a file. */
  upload(path: string, content: string): Promise<void>
}

/** Calls the API; an answer that is no success is thrown with its words. */
export function openClient(
  url: string,
  workspace = '',
  cookies: readonly { readonly name: string; readonly value: string }[] = [],
): HttpClient {
  const headers = new Headers({ origin: url })
  if (workspace !== '') headers.set('horseshoe-workspace', workspace)
  if (cookies.length > 0)
    headers.set('cookie', cookies.map((each) => `${each.name}=${each.value}`).join('; '))
  return {
    cookies,
    async call(method, path, body) {
      const own = new Headers(headers)
      if (body !== undefined) own.set('content-type', 'application/json')
      const sent = body === undefined ? {} : { body: JSON.stringify(body) }
      const response = await fetch(`${url}/api/v1${path}`, { method, headers: own, ...sent })
      const text = await response.text()
      if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`)
      return text === '' ? null : JSON.parse(text)
    },
    async upload(path, content) {
      const own = new Headers(headers)
      own.set('content-type', 'application/octet-stream')
      const response = await fetch(`${url}/api/v1${path}`, { method: 'POST', headers: own, body: content })
      if (!response.ok) throw new Error(`POST ${path}: ${response.status} ${await response.text()}`)
    },
  }
}

/** Signs in with a password and works in one workspace from then on. */
export async function signInOver(
  url: string,
  account: { readonly email: string; readonly password: string },
  workspace: string,
): Promise<HttpClient> {
  const response = await fetch(`${url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify(account),
  })
  if (!response.ok)
    throw new Error(`sign-in of ${account.email}: ${response.status} ${await response.text()}`)
  const cookies = response.headers.getSetCookie().map((line) => {
    const pair = line.split(';')[0] ?? ''
    const at = pair.indexOf('=')
    return { name: pair.slice(0, at), value: decodeURIComponent(pair.slice(at + 1)) }
  })
  return openClient(url, workspace, cookies)
}

export interface FirstOwner {
  readonly name: string
  readonly email: string
  readonly password: string
}

const weekday = [[9 * 60, 18 * 60]]
const officeWeek = { 1: weekday, 2: weekday, 3: weekday, 4: weekday, 5: weekday, 6: [], 7: [] }
const titles = {
  service: 'Service',
  community: 'Community',
  marketing: 'Marketing',
  sales: 'Sales',
  pr: 'PR',
  product: 'Product',
}

/** Uses the one-time link of a fresh installation and signs the owner in. */
export async function makeOwner(
  url: string,
  link: string,
  owner: FirstOwner,
  company: { readonly name: string; readonly withSample: boolean },
): Promise<{ readonly slug: string; readonly client: HttpClient }> {
  const { workspace: slug } = await openClient(url).call('POST', '/setup', {
    token: new URL(link).hash.slice(1),
    ...owner,
    workspaceName: company.name,
    timeZone: 'Europe/Berlin',
    functions: Object.entries(titles).map(([key, title]) => ({ key, title })),
    hours: { weekly: officeWeek, holidays: [] },
    withSample: company.withSample,
  })
  return { slug, client: await signInOver(url, owner, slug) }
}

/** Invites a colleague, who accepts and signs in. */
export async function addColleague(
  url: string,
  inviter: HttpClient,
  slug: string,
  colleague: FirstOwner & { readonly role: string; readonly functions: readonly string[] },
): Promise<HttpClient> {
  const { name, email, password, role, functions } = colleague
  const { link } = await inviter.call('POST', '/invitations', { email, role, functions })
  const token = new URL(link).hash.slice(1)
  await openClient(url).call('POST', '/invitations/accept', { token, name, password })
  return signInOver(url, { email, password }, slug)
}
