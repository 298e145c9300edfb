import type { AuthDoor } from '../server/platform/auth/authenticator.ts'
import { testPassword } from './api.ts'

/** A browser in front of the sign-in service: keeps its cookies and says where it comes from. */
export interface Visitor {
  readonly cookies: Map<string, string>
  headers(): Headers
  get(path: string): Promise<Response>
  post(path: string, body: unknown): Promise<Response>
  signIn(email: string, password?: string): Promise<Response>
}

export interface VisitorOptions {
  readonly auth: AuthDoor
  /** Where the installation is reached. */
  readonly base: string
  readonly address?: string
}

export function openVisitor({ auth, base, address = '203.0.113.9' }: VisitorOptions): Visitor {
  const cookies = new Map<string, string>()
  const headers = (): Headers =>
    new Headers({ cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '), origin: base })

  async function call(method: 'GET' | 'POST', path: string, body?: unknown): Promise<Response> {
    const all = headers()
    if (body !== undefined) all.set('content-type', 'application/json')
    const content = body === undefined ? {} : { body: JSON.stringify(body) }
    const request = new Request(`${base}/api/auth${path}`, { method, headers: all, ...content })
    const response = await auth.handle(request, address)
    for (const line of response.headers.getSetCookie()) keep(line)
    return response
  }

  function keep(line: string): void {
    const [pair = ''] = line.split(';')
    const at = pair.indexOf('=')
    if (/max-age=0/i.test(line)) cookies.delete(pair.slice(0, at))
    else cookies.set(pair.slice(0, at), pair.slice(at + 1))
  }

  return {
    cookies,
    headers,
    get: (path) => call('GET', path),
    post: (path, body) => call('POST', path, body),
    signIn: (email, password = testPassword) => call('POST', '/sign-in/email', { email, password }),
  }
}
