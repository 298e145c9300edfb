import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openDesk, type Desk } from '../../test/desk.ts'
import { startMailServer, type MailServer } from '../../test/peers/mail-server.ts'
import { newId } from '../platform/ids.ts'

let mail: MailServer
let desk: Desk

beforeAll(async () => {
  mail = await startMailServer()
  desk = await openDesk(mail)
})
afterAll(async () => {
  await desk.close()
  await mail.close()
})
beforeEach(async () => {
  mail.fault = null
  await desk.sendAll()
  mail.kept.length = 0
})

async function openCase(input: Parameters<Desk['arrive']>[0]): Promise<{ id: string; seen: string }> {
  const seen = await desk.arrive(input)
  const [row] = await desk.rows('select case_id from engagements where id = $1', [seen])
  return { id: row.case_id, seen }
}

function answer(id: string, seen: string | null, more: Readonly<Record<string, unknown>> = {}) {
  const body = { text: 'We are on it.', key: newId(), lastSeenEngagementId: seen, ...more }
  return desk.call('POST', `/cases/${id}/answers`, { as: desk.owner, body })
}

async function freshAuthor() {
  const address = `${newId()}@example.org`
  return { externalId: address, handle: address, name: 'Jo' }
}

describe('an answer', () => {
  test('stands in the thread at once, moves the case, and leaves by mail in the customer’s thread', async () => {
    const author = await freshAuthor()
    const { id, seen } = await openCase({
      text: 'Where is my order?',
      author,
      externalId: `${newId()}@mx.example`,
    })
    const sent = await answer(id, seen)
    expect(sent.status).toBe(200)
    expect(sent.body.engagement).toMatchObject({
      direction: 'out',
      text: 'We are on it.',
      caseId: id,
      parentId: seen,
      author: { name: 'Olga' },
      delivery: { state: 'queued' },
    })
    const shown = await desk.call('GET', `/cases/${id}`, { as: desk.owner })
    expect(shown.body).toMatchObject({
      status: 'pending',
      isWaiting: false,
      messages: 2,
      canSend: { isConnected: true },
    })
    await desk.sendAll()
    expect(mail.kept).toHaveLength(1)
    const [parent] = await desk.rows('select external_id from engagements where id = $1', [seen])
    const [row] = await desk.rows('select id, state, network_id from outbox where engagement_id = $1', [
      sent.body.engagement.id,
    ])
    expect(mail.kept[0]).toMatchObject({
      from: { address: 'care@acme.example', name: 'Olga (Acme)' },
      to: [{ address: author.externalId }],
      replyTo: [{ address: 'help@acme.example' }],
      subject: 'Re: My order',
      inReplyTo: `<${parent.external_id}>`,
      references: `<${parent.external_id}>`,
      messageId: `<${row.id}@acme.example>`,
      text: 'We are on it.\n',
    })
    expect(row).toMatchObject({ state: 'sent', network_id: `${row.id}@acme.example` })
  })

  test('of the same key is one answer, however often it is pressed', async () => {
    const { id, seen } = await openCase({ text: 'Hello?', author: await freshAuthor() })
    const key = newId()
    const pressed = await Promise.all([1, 2, 3].map(() => answer(id, seen, { key })))
    expect(new Set(pressed.map(({ body }) => body.engagement.id)).size).toBe(1)
    await desk.sendAll()
    expect(mail.kept).toHaveLength(1)
    const other = await openCase({ text: 'Me too', author: await freshAuthor() })
    const used = await answer(other.id, other.seen, { key })
    expect(used).toMatchObject({ status: 409, body: { data: { reason: 'key-used' } } })
  })

  test('is held back where something arrived meanwhile, unless the writer says so', async () => {
    const author = await freshAuthor()
    const externalId = `${newId()}@mx.example`
    const { id, seen } = await openCase({ text: 'First', author, externalId })
    const later = await desk.arrive({ text: 'Second', author, parentExternalId: externalId })
    const held = await answer(id, seen)
    expect(held).toMatchObject({ status: 409, body: { data: { reason: 'arrived-meanwhile' } } })
    expect((await answer(id, null)).status).toBe(409)
    expect((await answer(id, later)).status).toBe(200)
    expect((await answer(id, seen, { sendAnyway: true })).status).toBe(200)
  })

  test('of a colleague counts as something new, one’s own does not', async () => {
    const { id, seen } = await openCase({ text: 'Anybody?', author: await freshAuthor() })
    const agent = await desk.addMember('Ada', 'agent')
    expect((await answer(id, seen)).status).toBe(200)
    expect((await answer(id, seen)).status).toBe(200)
    const body = { text: 'Me too', key: newId(), lastSeenEngagementId: seen }
    const second = await desk.call('POST', `/cases/${id}/answers`, { as: agent, body })
    expect(second).toMatchObject({ status: 409, body: { data: { reason: 'arrived-meanwhile' } } })
  })

  test('on a presence without connection is kept and says that it was not sent', async () => {
    const author = { externalId: newId(), handle: 'jo', name: 'Jo' }
    const { id, seen } = await openCase({
      text: 'My train is late!',
      source: 'twitter',
      channel: 'twitter',
      presence: 'acme_trains',
      visibility: 'public',
      kind: 'Note',
      author,
    })
    const sent = await answer(id, seen)
    expect(sent.body.engagement).toMatchObject({
      visibility: 'public',
      delivery: { state: 'not-connected', detail: 'not sent: this presence is not connected' },
    })
    const again = await desk.call('POST', `/engagements/${sent.body.engagement.id}/retry`, { as: desk.owner })
    expect(again).toMatchObject({ status: 409, body: { data: { reason: 'not-connected' } } })
  })

  test('stands in the audit trail, and answers the turn in the same moment', async () => {
    const { id, seen } = await openCase({ text: 'How much is it?', author: await freshAuthor() })
    const sent = await answer(id, seen, { then: 'resolved' })
    const [entry] = await desk.rows(
      `select * from audit where subject_id = $1 order by number desc limit 1`,
      [id],
    )
    expect(entry).toMatchObject({ action: 'case.answered', actor: 'Olga' })
    expect(JSON.stringify(entry)).not.toContain('We are on it.')
    const [turn] = await desk.rows('select answer_id from turns where id = $1', [seen])
    expect(turn.answer_id).toBe(sent.body.engagement.id)
    const [row] = await desk.rows('select status, resolved_at from cases where id = $1', [id])
    expect(row).toMatchObject({ status: 'resolved' })
  })

  test('with signs that no database takes is still kept and sent', async () => {
    const { id, seen } = await openCase({ text: 'Hm', author: await freshAuthor() })
    const sent = await answer(id, seen, { text: 'a\u0000b \ud800 \u202e<script>alert(1)</script>' })
    expect(sent.status).toBe(200)
    await desk.sendAll()
    expect(mail.kept[0]?.text).toContain('<script>alert(1)</script>')
  })
})

describe('the desk', () => {
  test('keeps a draft of each member, and drops it when the answer leaves', async () => {
    const { id, seen } = await openCase({ text: 'Draft?', author: await freshAuthor() })
    const put = (text: string) => desk.call('PUT', `/cases/${id}/draft`, { as: desk.owner, body: { text } })
    await put('Dear')
    await put('Dear Jo')
    expect((await desk.call('GET', `/cases/${id}`, { as: desk.owner })).body.draft).toBe('Dear Jo')
    await answer(id, seen)
    expect((await desk.call('GET', `/cases/${id}`, { as: desk.owner })).body.draft).toBe('')
    await put('x')
    await put('')
    expect((await desk.call('GET', `/cases/${id}`, { as: desk.owner })).body.draft).toBe('')
  })

  test('refuses bad input, strangers, and those whose role does not answer', async () => {
    const { id, seen } = await openCase({ text: 'Rules', author: await freshAuthor() })
    const body = { text: 'x', key: newId(), lastSeenEngagementId: seen }
    const call = (more: object) => desk.call('POST', `/cases/${id}/answers`, { ...more })
    expect((await call({ as: desk.owner, body: { ...body, text: ' ' } })).status).toBe(400)
    expect((await call({ as: desk.owner, body: { ...body, key: 'no' } })).status).toBe(400)
    expect((await call({ body })).status).toBe(401)
    const viewer = await desk.addMember('Vera', 'viewer')
    const contributor = await desk.addMember('Carl', 'contributor')
    expect((await call({ as: viewer, body })).status).toBe(403)
    expect((await call({ as: contributor, body })).status).toBe(403)
    const stranger = await desk.signUp(`${newId()}@else.example`)
    await desk.call('POST', '/workspaces', { as: stranger, body: { name: 'Else', timeZone: 'UTC' } })
    expect((await call({ as: stranger, body })).status).toBe(404)
    const sent = await call({ as: desk.owner, body })
    const retry = `/engagements/${sent.body.engagement.id}/retry`
    expect((await desk.call('POST', retry, { as: stranger })).status).toBe(404)
    expect((await desk.call('PUT', `/cases/${id}/draft`, { as: stranger, body: { text: 'x' } })).status).toBe(
      404,
    )
    expect((await desk.call('POST', retry, { as: desk.owner })).status).toBe(409)
  })
})
