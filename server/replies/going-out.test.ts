// What leaves beside plain answers: files, templates, and words that nobody asked for.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openNetworkDesk, type NetworkDesk } from '../../test/network-desk.ts'
import { windowMs } from '../../test/peers/small-network.ts'
import { newId } from '../platform/ids.ts'
import { systemScope } from '../platform/db/scope.ts'
import { takeUpload } from './commands-files.ts'
import { createForgetUploadsJob } from './jobs-files.ts'

let net: NetworkDesk

beforeAll(async () => {
  net = await openNetworkDesk()
})
afterAll(() => net.close())
beforeEach(() => net.clear())

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

async function* bytesOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

/** As the upload does it, by the owner of the workspace. */
async function upload(name = 'dot.png', mediaType = 'image/png', bytes: Uint8Array = png) {
  const [member] = await net.desk.rows('select id, name from members where workspace_id = $1 order by id', [
    net.desk.workspaceId,
  ])
  const actor = { kind: 'member', id: member.id, name: member.name } as const
  const scope = { ...systemScope(net.desk.workspaceId), actor }
  return takeUpload(net.desk.world, scope, { name, mediaType, bytes: bytesOf(bytes) })
}

describe('a file', () => {
  test('leaves with the answer once, with its description, and stands in the thread', async () => {
    const waiting = await net.openCase()
    const file = await upload()
    const key = newId()
    const more = { key, media: [{ id: file.id, alt: 'A red dot' }] }
    const answer = await net.answer(waiting, 'Look at this.', more)
    expect((await net.answer(waiting, 'Look at this.', more)).id).toBe(answer.id)
    await net.send(waiting.threadId)
    await net.send(waiting.threadId)
    expect(net.network.posts).toHaveLength(1)
    const [left] = net.firstPost().media
    expect(left).toMatchObject({ name: 'dot.png', mediaType: 'image/png', alt: 'A red dot' })
    expect(Buffer.from(left?.bytes ?? [])).toEqual(png)
    const shown = await net.shown(answer.id)
    expect(shown.media).toEqual([
      { url: expect.stringContaining(`/attachments/${file.id}`), mediaType: 'image/png', alt: 'A red dot' },
    ])
    const [kept] = await net.desk.rows('select external_id from attachments where id = $1', [file.id])
    expect(kept.external_id).toBe(net.firstPost().name)
  })

  test('needs no words beside it', async () => {
    const waiting = await net.openCase()
    const { id } = await upload()
    await net.answer(waiting, '', { media: [{ id }] })
    await net.send(waiting.threadId)
    expect(net.network.posts).toMatchObject([{ text: '', media: [{ name: 'dot.png' }] }])
  })

  test.each([
    ['too large', 'dot.png', 'image/png', Buffer.concat([png, Buffer.alloc(1_000)]), 'too large'],
    [
      'of a kind that nobody there sees',
      'a.pdf',
      'application/pdf',
      Buffer.from('%PDF'),
      'cannot be sent here',
    ],
    [
      'that only calls itself a picture',
      'a.png',
      'image/png',
      Buffer.from('<script>'),
      'cannot be sent here',
    ],
  ])('%s is refused before anything is sent, in words', async (_what, name, type, bytes, why) => {
    const waiting = await net.openCase()
    const { id } = await upload(name, type, bytes)
    const body = { text: 'x', key: newId(), lastSeenEngagementId: null, sendAnyway: true, media: [{ id }] }
    const sent = await net.post(`/cases/${waiting.caseId}/answers`, body)
    expect(sent).toMatchObject({ status: 422, body: { message: expect.stringContaining(why) } })
    expect(await net.countIn(waiting.threadId)).toBe(1)
  })

  test('is sent with one answer, by who gave it, and never with a second one', async () => {
    const waiting = await net.openCase()
    const { id } = await upload()
    await net.answer(waiting, 'one', { media: [{ id }] })
    const body = { text: 'two', key: newId(), lastSeenEngagementId: null, sendAnyway: true, media: [{ id }] }
    expect(await net.post(`/cases/${waiting.caseId}/answers`, body)).toMatchObject({ status: 422 })
    const colleague = await net.desk.addMember('Kim', 'agent')
    const other = await upload()
    const theirs = { ...body, key: newId(), media: [{ id: other.id }] }
    const sent = await net.desk.call('POST', `/cases/${waiting.caseId}/answers`, {
      as: colleague,
      body: theirs,
    })
    expect(sent.status).toBe(422)
  })

  test('that is gone by then keeps the words from leaving without it', async () => {
    const waiting = await net.openCase()
    const { id } = await upload()
    const answer = await net.answer(waiting, 'Look', { media: [{ id }] })
    await net.desk.rows('delete from attachments where id = $1', [id])
    await net.send(waiting.threadId)
    expect(net.network.posts).toEqual([])
    expect((await net.shown(answer.id)).delivery).toMatchObject({ state: 'failed', canRetry: true })
  })

  test('that was sent with nothing goes after a week, one that was sent stays', async () => {
    const waiting = await net.openCase()
    const [idle, sent] = [await upload(), await upload()]
    await net.answer(waiting, 'Look', { media: [{ id: sent.id }] })
    net.desk.ahead(8 * 86_400_000)
    await createForgetUploadsJob(net.desk.world).run({})
    const left = await net.desk.rows('select id from attachments where id = any($1)', [[idle.id, sent.id]])
    expect(left).toEqual([{ id: sent.id }])
  })
})

describe('a template', () => {
  async function lateCase() {
    const waiting = await net.openCase()
    net.desk.ahead(windowMs + 60_000)
    return waiting
  }
  const filled = (value: string) => ({
    name: 'hello_again',
    language: 'en',
    values: [{ where: 'body', name: '1', value }],
  })

  test('goes where nothing else may, and stands in the thread as the person sees it', async () => {
    const waiting = await lateCase()
    const { body } = await net.desk.call('GET', `/cases/${waiting.caseId}/ways`, { as: net.desk.owner })
    expect(body.ways[0]).toMatchObject({ can: false, only: 'template' })
    const listed = await net.desk.call('GET', `/cases/${waiting.caseId}/templates`, { as: net.desk.owner })
    expect(listed.body.items).toMatchObject([{ name: 'hello_again', cost: 'one utility message' }])
    const answer = await net.answer(waiting, '', { template: filled('Tilda') })
    expect(answer).toMatchObject({
      text: 'Hello Tilda, are you there?\n\nAcme',
      delivery: { state: 'queued' },
    })
    await net.send(waiting.threadId)
    expect(net.firstPost().text).toContain('Hello Tilda')
    expect((await net.shown(answer.id)).delivery).toMatchObject({ state: 'sent' })
  })

  test('with a blank left, or that nobody approved, is refused', async () => {
    const waiting = await lateCase()
    const send = (template: object) => {
      const body = { text: '', template, key: newId(), lastSeenEngagementId: null, sendAnyway: true }
      return net.post(`/cases/${waiting.caseId}/answers`, body)
    }
    expect(await send(filled(' '))).toMatchObject({ status: 422, body: { data: { reason: 'blank' } } })
    expect(await send({ ...filled('x'), name: 'other' })).toMatchObject({
      status: 422,
      body: { data: { reason: 'not-approved' } },
    })
    expect(net.network.posts).toEqual([])
  })
})

describe('a post', () => {
  async function place() {
    const { body } = await net.desk.call('GET', '/posts/places', { as: net.desk.owner })
    return body.items[0]
  }

  test('speaks first through an account that can, and answers to it become cases', async () => {
    const account = await place()
    expect(account).toMatchObject({
      handle: 'acme',
      visibilities: ['public', 'followers'],
      media: { most: 2 },
    })
    const { id } = await upload()
    const path = `/presences/${account.presenceId}/posts`
    const said = { text: 'New lamps are here', key: newId(), media: [{ id, alt: 'A lamp' }] }
    const { engagement } = (await net.post(path, said)).body
    expect((await net.post(path, said)).body.engagement.id).toBe(engagement.id)
    await net.send(engagement.id)
    const [post] = net.network.posts
    expect(net.network.posts).toHaveLength(1)
    expect(post).toMatchObject({ what: 'post', media: [{ alt: 'A lamp' }], visibility: 'public' })
    const question = 'How much is the lamp? I need it now!'
    await net.arrive({
      text: question,
      author: { externalId: 'cy', handle: 'cy', name: 'Cy' },
      parentExternalId: post?.name ?? '',
    })
    const listed = await net.desk.call('GET', path, { as: net.desk.owner })
    expect(listed.body.items).toMatchObject([
      { engagement: { id: engagement.id, delivery: { state: 'sent' } }, answers: 1, cases: [{ name: 'Cy' }] },
    ])
  })

  test('is refused to a circle that the network does not know, and without words or files', async () => {
    const { presenceId } = await place()
    const send = (more: object) =>
      net.post(`/presences/${presenceId}/posts`, { text: 'x', key: newId(), ...more })
    expect((await send({ visibility: 'direct' })).status).toBe(422)
    expect((await send({ text: ' ' })).status).toBe(400)
    expect(net.network.posts).toEqual([])
  })
})
