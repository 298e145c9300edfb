import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { signIn } from '../../../test/api.ts'
import { startWholeServer, type WholeServer } from '../../../test/whole-server.ts'
import { newId } from '../../platform/ids.ts'
import { defaultHours } from '../../workspace/default-settings.ts'
import { firstStartLink } from '../../workspace/index.ts'

let server: WholeServer
let cookie = ''

async function call(method: string, path: string, body?: unknown, as = '') {
  const response = await fetch(`${server.url}/api/v1${path}`, {
    method,
    headers: { origin: server.url, 'content-type': 'application/json', ...(as === '' ? {} : { cookie: as }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  // The test looks into answers of all shapes.
  // eslint-disable-next-line typescript/no-explicit-any
  return { status: response.status, body: (await response.json()) as any }
}

beforeAll(async () => {
  server = await startWholeServer()
  const token = (await firstStartLink(server.platform))?.split('#')[1]
  const email = 'olga@acme.example'
  const password = 'vogelbeere unter glas'
  const made = await call('POST', '/setup', {
    token,
    email,
    password,
    name: 'Olga',
    workspaceName: 'Acme',
    timeZone: 'UTC',
    functions: ['service', 'community', 'marketing', 'sales', 'pr', 'product'].map((key) => ({
      key,
      title: key,
    })),
    hours: defaultHours,
    withSample: false,
  })
  if (made.status !== 200) throw new Error('the set-up failed')
  cookie = await signIn(server.auth, email, password, server.url)
})
afterAll(() => server.close())

/** Names of the events of a stream, as they come. */
async function listen(path: string): Promise<{ readonly events: string[]; stop(): void }> {
  const aborter = new AbortController()
  const response = await fetch(`${server.url}/api/v1${path}`, { signal: aborter.signal })
  expect(response.status).toBe(200)
  const events: string[] = []
  void (async () => {
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      events.push(...[...chunk.matchAll(/^event: (\w+)$/gm)].map(([, name]) => name ?? ''))
    }
  })().catch(() => undefined)
  return { events, stop: () => aborter.abort() }
}

async function until<Value>(look: () => Promise<Value | null> | Value | null): Promise<Value> {
  for (let i = 0; i < 200; i += 1) {
    const found = await look()
    if (found !== null) return found
    await sleep(50)
  }
  throw new Error('it did not happen')
}

test('somebody writes on the form, a member answers, and the open page hears of it within a second or two', async () => {
  const started = await call('POST', '/public/acme/conversations', {
    name: 'Jo',
    text: 'My parcel is lost!',
    key: newId(),
  })
  const { token } = started.body
  const page = await listen(`/public/conversations/${token}/live`)
  await until(() => (page.events.includes('hello') ? true : null))
  const found = await until(
    async () => (await call('GET', '/cases', undefined, cookie)).body.items[0] ?? null,
  )
  expect(found).toMatchObject({ person: { name: 'Jo' }, channel: 'web', isWaiting: true })
  await sleep(1_500)
  page.events.length = 0
  const answer = {
    text: 'We found it.',
    key: newId(),
    lastSeenEngagementId: null,
    sendAnyway: true,
    then: 'resolved',
  }
  expect((await call('POST', `/cases/${found.id}/answers`, answer, cookie)).status).toBe(200)
  const said = performance.now()
  await until(() => (page.events.includes('changed') ? true : null))
  expect(performance.now() - said).toBeLessThan(3_000)
  const shown = await call('GET', `/public/conversations/${token}`)
  expect(shown.body.messages.map((m: { text: string }) => m.text)).toEqual([
    'My parcel is lost!',
    'We found it.',
  ])
  const survey = await until(async () => (await call('GET', `/public/conversations/${token}`)).body.survey)
  expect(survey).toMatchObject({ isAnswered: false })
  page.stop()
})

test('a page does not hear of other conversations, and a wrong link hears nothing at all', async () => {
  const mine = await call('POST', '/public/acme/conversations', { name: 'Ann', text: 'mine', key: newId() })
  const page = await listen(`/public/conversations/${mine.body.token}/live`)
  await sleep(1_500)
  page.events.length = 0
  await call('POST', '/public/acme/conversations', { name: 'Bob', text: 'theirs', key: newId() })
  await sleep(2_500)
  expect(page.events).not.toContain('changed')
  page.stop()
  const wrong = await fetch(`${server.url}/api/v1/public/conversations/${'x'.repeat(43)}/live`)
  expect(wrong.status).toBe(404)
})

test('no other site may write with the form’s address in the name of a visitor', async () => {
  const response = await fetch(`${server.url}/api/v1/public/acme/conversations`, {
    method: 'POST',
    headers: { origin: 'https://evil.example', 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'Jo', text: 'x', key: newId() }),
  })
  expect(response.status).toBe(403)
  expect(response.headers.get('access-control-allow-origin')).toBeNull()
})
