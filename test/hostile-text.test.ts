import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '../server/platform/ids.ts'
import { firstStartLink } from '../server/workspace/index.ts'
import { allEndpoints, fillIn, type Endpoint } from './endpoints.ts'
import { makeOwner, type HttpClient } from './http-client.ts'
import { startWholeServer, type WholeServer } from './whole-server.ts'

const owner = { name: 'Mara Lindner', email: 'mara@company.example', password: 'heron walks over slate' }
/** What `fillIn` writes where any text will do. */
const anyText = 'service service service'

let server: WholeServer
let client: HttpClient

beforeAll(async () => {
  server = await startWholeServer({ HORSESHOE_ROLE: 'web' })
  const link = (await firstStartLink(server.platform)) ?? ''
  ;({ client } = await makeOwner(server.url, link, owner, { name: 'Acme', withSample: false }))
}, 120_000)
afterAll(() => server.close())

describe.each([
  ['NUL', 'before\u0000after'],
  ['half a letter', 'before\uD800after'],
  ['a jump out of the folder', '../../../../etc/passwd'],
  ['the name of what all objects share', '__proto__'],
])('%s in any text', (_name, text) => {
  test.each(allEndpoints().map((endpoint) => [endpoint.name, endpoint] as const))(
    'is taken or refused by %s, which does not fall over it',
    async (_endpoint, endpoint) => {
      expect(await statusOf(endpoint, text)).toBeLessThan(500)
    },
  )
})

async function statusOf(endpoint: Endpoint, text: string): Promise<number> {
  const { path, body } = fillIn(endpoint, newId())
  const inAddress = encodeURIComponent(text.toWellFormed())
  const inBody = JSON.stringify(text).slice(1, -1)
  const response = await fetch(
    `${server.url}/api/v1${path.replaceAll(/service(%20|\+)service\1service/g, inAddress)}`,
    {
      method: endpoint.method,
      headers: {
        origin: server.url,
        cookie: client.cookies.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`).join('; '),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body).replaceAll(anyText, inBody) }),
    },
  )
  await response.text()
  return response.status
}
