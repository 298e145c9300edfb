// An account on the peer, used past the channel: as any other client would.
import { randomBytes } from 'node:crypto'

/** What the peer answers; read by tests as far as they need it. */
export interface Answer {
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly [name: string]: any
}

export interface PeerAccount {
  readonly did: string
  readonly handle: string
  readonly password: string
  get(method: string, query?: Readonly<Record<string, string>>): Promise<Answer>
  post(method: string, body: object): Promise<Answer>
  upload(bytes: Uint8Array, mediaType: string): Promise<object>
  /** Makes a record; gives its name and content id. */
  create(collection: string, record: object): Promise<{ readonly uri: string; readonly cid: string }>
  /** Makes several in one commit; gives their names. */
  createAll(collection: string, records: readonly object[]): Promise<readonly string[]>
}

export class PeerRefusal extends Error {}

export async function newAccount(url: string, name: string): Promise<PeerAccount> {
  const short = name
    .toLowerCase()
    .replace(/[^a-z]/g, '')
    .slice(0, 8)
  const handle = `${short || 'anna'}${randomBytes(3).toString('hex')}.test`
  const password = randomBytes(12).toString('hex')
  const made = await ask(url, 'com.atproto.server.createAccount', {
    body: { email: `${handle}@mail.test`, handle, password },
  })
  let token: string = made.accessJwt
  const { did } = made
  const signed = async (method: string, what: Asked): Promise<Answer> => {
    try {
      return await ask(url, method, { ...what, token })
    } catch (error) {
      if (!String(error).includes('ExpiredToken')) throw error
      token = (await ask(url, 'com.atproto.server.createSession', { body: { identifier: did, password } }))
        .accessJwt
      return ask(url, method, { ...what, token })
    }
  }
  const account: PeerAccount = {
    did,
    handle,
    password,
    get: (method, query = {}) => signed(method, { query }),
    post: (method, body) => signed(method, { body }),
    upload: async (bytes, mediaType) =>
      (await signed('com.atproto.repo.uploadBlob', { bytes, mediaType })).blob,
    async create(collection, record) {
      const made = await signed('com.atproto.repo.createRecord', {
        body: {
          repo: did,
          collection,
          record: { $type: collection, createdAt: new Date().toISOString(), ...record },
        },
      })
      return { uri: made['uri'], cid: made['cid'] }
    },
    async createAll(collection, records) {
      const createdAt = new Date().toISOString()
      const writes = records.map((record) => ({
        $type: 'com.atproto.repo.applyWrites#create',
        collection,
        value: { $type: collection, createdAt, ...record },
      }))
      const made = await signed('com.atproto.repo.applyWrites', { body: { repo: did, writes } })
      return made['results'].map(({ uri }: Answer) => uri)
    },
  }
  if (name !== '') {
    await account.post('com.atproto.repo.putRecord', {
      repo: did,
      collection: 'app.bsky.actor.profile',
      rkey: 'self',
      record: { $type: 'app.bsky.actor.profile', displayName: name },
    })
  }
  return account
}

interface Asked {
  readonly query?: Readonly<Record<string, string>>
  readonly body?: object
  readonly bytes?: Uint8Array
  readonly mediaType?: string
  readonly token?: string
}

export async function ask(
  url: string,
  method: string,
  { query, body, bytes, mediaType, token }: Asked,
): Promise<Answer> {
  const tail = query === undefined ? '' : `?${new URLSearchParams(query).toString()}`
  const json = body === undefined ? null : JSON.stringify(body)
  const sent = bytes === undefined ? json : Buffer.from(bytes)
  const answer = await fetch(`${url}/xrpc/${method}${tail}`, {
    method: sent === null ? 'GET' : 'POST',
    headers: {
      ...(sent === null ? {} : { 'content-type': mediaType ?? 'application/json' }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    ...(sent === null ? {} : { body: sent }),
  })
  const text = await answer.text()
  if (!answer.ok) throw new PeerRefusal(`${method}: ${answer.status} ${text.slice(0, 500)}`)
  return text === '' ? {} : JSON.parse(text)
}
