import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { windowMs } from '../../test/peers/small-network.ts'
import { inScope, systemScope } from '../platform/db/scope.ts'
import { newId } from '../platform/ids.ts'
import { sweepOutbox } from './commands-sweep.ts'
import { applyReceipts, releaseConnection } from './index.ts'
import { authorOf, echo, openNetworkDesk, type NetworkDesk } from '../../test/network-desk.ts'

let world: NetworkDesk
let mail: NetworkDesk['mail']
let network: NetworkDesk['network']
let desk: NetworkDesk['desk']
let connectAccount: NetworkDesk['connectAccount']
let arrive: NetworkDesk['arrive']
let hear: NetworkDesk['hear']
let openCase: NetworkDesk['openCase']
let post: NetworkDesk['post']
let answer: NetworkDesk['answer']
let send: NetworkDesk['send']
let shown: NetworkDesk['shown']
let countIn: NetworkDesk['countIn']
let firstPost: NetworkDesk['firstPost']

beforeAll(async () => {
  world = await openNetworkDesk()
  ;({
    mail,
    network,
    desk,
    connectAccount,
    arrive,
    hear,
    openCase,
    post,
    answer,
    send,
    shown,
    countIn,
    firstPost,
  } = world)
})
afterAll(() => world.close())
beforeEach(() => world.clear())

describe('an answer that a network names', () => {
  test('bears that name, and what answers any part of it stands below it in the same case', async () => {
    const waiting = await openCase()
    const own = await answer(
      waiting,
      'We send a new one today, and you need not send the old one back to us.',
    )
    await send(waiting.threadId)
    expect(network.posts.map(({ below }) => below)).toEqual([waiting.theirName, waiting.theirName])
    const [first, second] = network.posts.map(({ name }) => name)
    for (const parentExternalId of [first, second]) {
      const reply = await arrive({
        text: 'Thank you so much!',
        author: authorOf(waiting.name),
        parentExternalId,
      })
      const [row] = await desk.rows('select parent_id, thread_id, case_id from engagements where id = $1', [
        reply,
      ])
      expect(row).toEqual({ parent_id: own.id, thread_id: waiting.threadId, case_id: waiting.caseId })
    }
  })

  test('comes back from there and is known, under the name of each part', async () => {
    const waiting = await openCase()
    await answer(waiting, 'We send a new one today, and you need not send the old one back to us.')
    await send(waiting.threadId)
    const before = await countIn(waiting.threadId)
    for (const { name, text } of network.posts) await hear(echo(name, text, waiting.theirName))
    await hear(echo(network.posts[0]?.name ?? '', 'again', waiting.theirName))
    expect(await countIn(waiting.threadId)).toBe(before)
    const [queue] = await desk.rows('select count(*)::int as n from arrival_queue')
    expect(queue.n).toBe(0)
  })

  test('that comes back before the network has answered us is held until its name is known', async () => {
    const waiting = await openCase()
    await answer(waiting)
    network.meanwhile = async () => {
      const { name = '', text = '' } = network.posts[0] ?? {}
      await hear(echo(name, text, waiting.theirName))
      await hear({ text: 'Thanks!', author: authorOf(waiting.name), parentExternalId: name })
      const [queue] = await desk.rows('select count(*)::int as n from arrival_queue')
      expect(queue.n).toBe(2)
    }
    await send(waiting.threadId)
    await desk.run('digest')
    expect(await countIn(waiting.threadId)).toBe(3)
    const [{ n }] = await desk.rows('select count(*)::int as n from arrival_queue')
    expect(n).toBe(0)
  })

  test('is not everything that our account says: words from elsewhere are new, and of no case', async () => {
    await hear(echo(`elsewhere:${newId()}`, 'Good morning!', null))
    const [row] = await desk.rows(
      `select direction, case_id, member_id from engagements where text = 'Good morning!'`,
    )
    expect(row).toEqual({ direction: 'out', case_id: null, member_id: null })
  })

  test('whose fate was unknown is sent when the very words are seen there', async () => {
    const waiting = await openCase()
    const own = await answer(waiting)
    network.fault = 'lose-answer'
    await send(waiting.threadId)
    expect((await shown(own.id)).delivery).toMatchObject({
      state: 'unknown',
      canRetry: true,
      canGiveUp: true,
    })
    const { name, text } = firstPost()
    await hear(echo(name, text, waiting.theirName))
    expect((await shown(own.id)).delivery.state).toBe('sent')
    expect(await countIn(waiting.threadId)).toBe(2)
  })

  test('that was captured as somebody’s words meanwhile is taken in when it is read back, with its answers', async () => {
    const waiting = await openCase()
    const own = await answer(waiting)
    network.fault = 'lose-answer'
    await send(waiting.threadId)
    network.fault = null
    const { name } = firstPost()
    desk.ahead(10 * 60_000)
    await hear(echo(name, 'The words as the network made them over', waiting.theirName))
    const late = await arrive({
      text: 'It is still broken!',
      author: authorOf(waiting.name),
      parentExternalId: name,
    })
    expect(await countIn(waiting.threadId)).toBe(4)
    await sweepOutbox(desk.outbox)
    await desk.run('digest')
    expect(await countIn(waiting.threadId)).toBe(3)
    const [row] = await desk.rows('select parent_id from engagements where id = $1', [late])
    expect(row.parent_id).toBe(own.id)
    const [kase] = await desk.rows('select messages from cases where id = $1', [waiting.caseId])
    expect(kase.messages).toBe(3)
  })

  test('joins the thread, and the case, of what answered it before its name was known', async () => {
    const waiting = await openCase()
    const own = await answer(waiting)
    network.fault = 'lose-answer'
    await send(waiting.threadId)
    network.fault = null
    const { name } = firstPost()
    desk.ahead(60_000)
    const late = await arrive({
      text: 'It is still broken!',
      author: authorOf(waiting.name),
      parentExternalId: name,
    })
    const [before] = await desk.rows('select thread_id, case_id from engagements where id = $1', [late])
    expect(before.thread_id).not.toBe(waiting.threadId)
    await sweepOutbox(desk.outbox)
    await desk.run('digest')
    const [after] = await desk.rows('select thread_id, case_id, parent_id from engagements where id = $1', [
      late,
    ])
    expect(after).toEqual({ thread_id: waiting.threadId, case_id: waiting.caseId, parent_id: own.id })
    const cases = await desk.rows('select id from cases where thread_id = $1', [waiting.threadId])
    expect(cases).toHaveLength(1)
  })
})

describe('receipts', () => {
  async function receipt(networkId: string, state: string, minute: number, detail = ''): Promise<void> {
    const at = new Date(Date.UTC(2026, 0, 1, 0, minute))
    await desk.rows(
      `insert into receipts (workspace_id, connection_id, network_id, state, detail, at) values ($1, $2, $3, $4, $5, $6)
       on conflict do nothing`,
      [desk.workspaceId, world.connectionId(), networkId, state, detail, at],
    )
    await inScope(desk.world.database, systemScope(desk.workspaceId), (db) =>
      applyReceipts(db, desk.workspaceId, 'small', [networkId]),
    )
  }

  test('move an answer on, in whatever order they come and however often', async () => {
    const waiting = await openCase()
    const own = await answer(waiting)
    await send(waiting.threadId)
    const { name } = firstPost()
    await receipt(name, 'read', 5)
    expect((await shown(own.id)).delivery).toMatchObject({ state: 'read', at: '2026-01-01T00:05:00.000Z' })
    await receipt(name, 'delivered', 3)
    await receipt(name, 'delivered', 3)
    expect((await shown(own.id)).delivery.state).toBe('read')
    await receipt(name, 'failed', 6, 'late nonsense')
    expect((await shown(own.id)).delivery.state).toBe('read')
  })

  test('that come before the network has answered count when the name is known; a part alone is not the whole', async () => {
    const waiting = await openCase()
    const own = await answer(
      waiting,
      'We send a new one today, and you need not send the old one back to us.',
    )
    network.meanwhile = async () => {
      for (const { name } of network.posts) await receipt(name, 'delivered', 1)
    }
    await send(waiting.threadId)
    expect((await shown(own.id)).delivery.state).toBe('delivered')
    await receipt(network.posts[0]?.name ?? '', 'read', 2)
    expect((await shown(own.id)).delivery.state).toBe('delivered')
    await receipt(network.posts[1]?.name ?? '', 'read', 4)
    expect((await shown(own.id)).delivery).toMatchObject({ state: 'read', at: '2026-01-01T00:04:00.000Z' })
  })

  test('that refuse say why, and the answer can be tried again', async () => {
    const waiting = await openCase()
    const own = await answer(waiting)
    await send(waiting.threadId)
    await receipt(network.posts[0]?.name ?? '', 'failed', 1, 'The number is not in service.')
    const delivery = { state: 'failed', detail: 'The number is not in service.', canRetry: true }
    expect((await shown(own.id)).delivery).toMatchObject(delivery)
    expect((await post(`/engagements/${own.id}/retry`)).status).toBe(200)
    expect((await shown(own.id)).delivery.state).toBe('queued')
  })
})

describe('a connection', () => {
  test('that is too fast waits as it is told, with all its threads, and no other waits with it', async () => {
    const here = [await openCase(), await openCase()] as const
    const otherId = await connectAccount('acme_help')
    const name = newId()
    const theirs = await arrive({
      text: 'My parcel is broken!',
      author: authorOf(name),
      presence: 'acme_help',
    })
    const [row] = await desk.rows('select case_id, thread_id from engagements where id = $1', [theirs])
    for (const waiting of here) await answer(waiting)
    await answer({ caseId: row.case_id })
    network.fault = { error: 'rate', retryAfterMs: 90_000 }
    await send(here[0].threadId)
    network.fault = null
    const asked = network.acts()
    await send(here[1].threadId)
    expect(network.acts()).toBe(asked)
    await send(row.thread_id)
    expect(network.posts).toHaveLength(1)
    expect(otherId).not.toBe(world.connectionId())
    desk.ahead(89_000)
    await send(here[1].threadId)
    expect(network.posts).toHaveLength(1)
    desk.ahead(91_000)
    for (const { threadId } of here) await send(threadId)
    expect(network.posts).toHaveLength(3)
  })

  test('whose sign-in died keeps the line, and lets go when it is signed in again', async () => {
    const waiting = await openCase()
    const own = await answer(waiting, 'first')
    await answer(waiting, 'second')
    network.fault = { error: 'auth.revoked' }
    await send(waiting.threadId)
    const delivery = (await shown(own.id)).delivery
    expect(delivery).toMatchObject({ state: 'queued', canGiveUp: true })
    expect(delivery.detail).toContain('signed in again')
    network.fault = null
    await send(waiting.threadId)
    expect(network.posts).toHaveLength(0)
    await inScope(desk.world.database, systemScope(desk.workspaceId), (db) =>
      releaseConnection(db, desk.workspaceId, world.connectionId()),
    )
    const [job] = await desk.rows('select run_at <= now() as due from graphile_worker.jobs where key = $1', [
      `send-now:${waiting.threadId}`,
    ])
    expect(job).toEqual({ due: true })
    await send(waiting.threadId)
    expect(network.posts.map(({ text }) => text)).toEqual(['first', 'second'])
  })

  test('that is paused keeps the line and says so', async () => {
    const waiting = await openCase()
    network.pause(world.connectionId(), 'The connection is paused.')
    const own = await answer(waiting)
    await send(waiting.threadId)
    expect((await shown(own.id)).delivery).toMatchObject({
      state: 'queued',
      detail: 'The connection is paused.',
    })
    expect(network.posts).toHaveLength(0)
    network.pause(world.connectionId(), null)
    await inScope(desk.world.database, systemScope(desk.workspaceId), (db) =>
      releaseConnection(db, desk.workspaceId, world.connectionId()),
    )
    await send(waiting.threadId)
    expect(network.posts).toHaveLength(1)
  })

  test('is not asked when the window closed while the answer waited', async () => {
    const waiting = await openCase()
    const own = await answer(waiting)
    desk.ahead(windowMs + 60_000)
    await send(waiting.threadId)
    const delivery = { state: 'failed', detail: 'their last words are older than a day.' }
    expect((await shown(own.id)).delivery).toMatchObject(delivery)
    expect(network.posts).toHaveLength(0)
  })
})

describe('what waits or is unknown', () => {
  test('can be given up, and does not leave then; a changed mind sends it once', async () => {
    const waiting = await openCase()
    const own = await answer(waiting)
    expect((await post(`/engagements/${own.id}/give-up`)).status).toBe(200)
    await send(waiting.threadId)
    expect(network.posts).toHaveLength(0)
    expect((await shown(own.id)).delivery).toMatchObject({
      state: 'cancelled',
      detail: 'Given up by Olga.',
      canRetry: true,
    })
    expect((await post(`/engagements/${own.id}/give-up`)).status).toBe(409)
    expect((await post(`/engagements/${own.id}/retry`)).status).toBe(200)
    await send(waiting.threadId)
    expect(network.posts).toHaveLength(1)
    expect((await post(`/engagements/${own.id}/give-up`)).status).toBe(409)
  })
})

describe('the ways to somebody', () => {
  const ways = async (caseId: string) =>
    (await desk.call('GET', `/cases/${caseId}/ways`, { as: desk.owner })).body

  test('say until when we may answer, and that only a template is left afterwards', async () => {
    const waiting = await openCase()
    const [row] = await desk.rows('select published_at from engagements where id = $1', [waiting.theirs])
    const until = new Date(row.published_at.getTime() + windowMs).toISOString()
    const open = await ways(waiting.caseId)
    expect(open.ways[0]).toMatchObject({
      way: null,
      channel: 'small',
      presence: 'acme',
      isConnected: true,
      can: true,
      until,
      only: null,
      lastHeardAt: row.published_at.toISOString(),
      visibilities: ['public', 'followers', 'direct'],
      text: { unit: 'grapheme', max: 40 },
    })
    expect(open.acts).toEqual([{ presenceId: expect.any(String), acts: ['like', 'share', 'edit', 'delete'] }])
    desk.ahead(windowMs + 1_000)
    expect((await ways(waiting.caseId)).ways[0]).toMatchObject({ can: false, only: 'template' })
    const late = await answer(waiting)
    expect(late.delivery).toMatchObject({ state: 'not-connected' })
  })

  test('know who asked not to be written to, and what is gone', async () => {
    const waiting = await openCase()
    await desk.rows(
      `insert into consents (workspace_id, connection_id, address, may_write, at) values ($1, $2, $3, false, now())`,
      [desk.workspaceId, world.connectionId(), `small-${waiting.name}`],
    )
    expect((await ways(waiting.caseId)).ways[0]).toMatchObject({
      can: false,
      reason: 'they asked not to be written to',
    })
    const other = await openCase()
    await hear({ type: 'Delete', text: '', externalId: other.theirName, author: authorOf(other.name) })
    expect((await ways(other.caseId)).ways[0]).toMatchObject({
      can: false,
      reason: 'what is answered is gone',
    })
  })

  test('lead to other places where they wrote to us, and an answer there stays in the case', async () => {
    const waiting = await openCase()
    const address = `${newId()}@example.org`
    const mailId = `${newId()}@mx.example`
    const letter = await desk.arrive({
      text: 'Some question of last year',
      author: { externalId: address, handle: address, name: 'Jo' },
      externalId: mailId,
    })
    const [theirs] = await desk.rows('select person_id from engagements where id = $1', [waiting.theirs])
    const [mailed] = await desk.rows(
      'select identity_id, thread_id, case_id from engagements where id = $1',
      [letter],
    )
    await desk.rows('update identities set person_id = $1 where id = $2', [
      theirs.person_id,
      mailed.identity_id,
    ])
    await desk.rows('update engagements set person_id = $1 where id = $2', [theirs.person_id, letter])
    const found = (await ways(waiting.caseId)).ways
    expect(found).toHaveLength(2)
    expect(found[1]).toMatchObject({
      channel: 'email',
      presence: 'help@acme.example',
      to: address,
      can: true,
    })
    const own = await answer(waiting, 'Here is what we found, in full and by mail.', { way: found[1].way })
    expect(own).toMatchObject({ channel: 'email', caseId: waiting.caseId, threadId: waiting.threadId })
    mail.kept.length = 0
    await send(waiting.threadId)
    expect(network.posts).toHaveLength(0)
    expect(mail.kept[0]).toMatchObject({
      to: [{ address }],
      inReplyTo: `<${mailId}>`,
      subject: 'Re: My order',
    })
    const parentExternalId = mail.kept[0]?.messageId?.replace(/^<|>$/g, '') ?? ''
    const back = await desk.arrive({
      text: 'Thank you for the letter, but it is still broken!',
      author: { externalId: address, handle: address, name: 'Jo' },
      parentExternalId,
    })
    const [row] = await desk.rows('select thread_id, case_id from engagements where id = $1', [back])
    expect(row).toEqual({ thread_id: waiting.threadId, case_id: waiting.caseId })
    // From now on the case is answered where they last spoke.
    expect((await ways(waiting.caseId)).ways[0]).toMatchObject({ way: null, channel: 'email' })
  })

  test('are only those of this person', async () => {
    const waiting = await openCase()
    const stranger = await openCase()
    const [row] = await desk.rows('select identity_id, presence_id from engagements where id = $1', [
      stranger.theirs,
    ])
    const way = { identityId: row.identity_id, presenceId: row.presence_id }
    const body = { text: 'x', key: newId(), lastSeenEngagementId: null, sendAnyway: true, way }
    expect((await post(`/cases/${waiting.caseId}/answers`, body)).status).toBe(404)
    expect((await post(`/cases/${waiting.caseId}/preview`, { text: 'x', way })).status).toBe(404)
  })

  test('never show to many what was said to few', async () => {
    const name = newId()
    const theirs = await arrive({
      text: 'My parcel is broken!',
      author: authorOf(name),
      visibility: 'direct',
    })
    const [row] = await desk.rows('select case_id, thread_id from engagements where id = $1', [theirs])
    expect((await ways(row.case_id)).ways[0].visibilities).toEqual(['direct'])
    const body = { text: 'x', key: newId(), lastSeenEngagementId: null, sendAnyway: true }
    const wider = await post(`/cases/${row.case_id}/answers`, { ...body, visibility: 'public' })
    expect(wider).toMatchObject({ status: 422, body: { data: { reason: 'too-wide' } } })
    await answer({ caseId: row.case_id })
    await send(row.thread_id)
    expect(network.posts[0]).toMatchObject({ visibility: 'direct' })
    const open = await openCase()
    await answer(open, 'Only for you.', { visibility: 'direct' })
    await send(open.threadId)
    expect(network.posts[1]).toMatchObject({ visibility: 'direct' })
  })
})

test('a preview shows the parts, the count and the cost as the network has them', async () => {
  const waiting = await openCase()
  const text = 'We send a new one today, and you need not send the old one back.'
  const { body } = await post(`/cases/${waiting.caseId}/preview`, { text })
  expect(body).toEqual({
    length: 64,
    max: 40,
    unit: 'grapheme',
    warnings: [],
    parts: [text.slice(0, 40), text.slice(40)],
    cost: '2 messages',
  })
})
