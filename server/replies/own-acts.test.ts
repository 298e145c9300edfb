import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { newId } from '../platform/ids.ts'
import { sweepOutbox } from './commands-sweep.ts'
import { authorOf, echo, openNetworkDesk, type NetworkDesk } from '../../test/network-desk.ts'

let world: NetworkDesk
let network: NetworkDesk['network']
let desk: NetworkDesk['desk']
let arrive: NetworkDesk['arrive']
let hear: NetworkDesk['hear']
let openCase: NetworkDesk['openCase']
let post: NetworkDesk['post']
let answer: NetworkDesk['answer']
let send: NetworkDesk['send']
let shown: NetworkDesk['shown']
let countIn: NetworkDesk['countIn']

beforeAll(async () => {
  world = await openNetworkDesk()
  ;({ network, desk, arrive, hear, openCase, post, answer, send, shown, countIn } = world)
})
afterAll(() => world.close())
beforeEach(() => world.clear())

class Crash extends Error {}

describe('words of ours', () => {
  async function sentAnswer() {
    const waiting = await openCase()
    const own = await answer(waiting, 'We sent a new one.')
    await send(waiting.threadId)
    return { ...waiting, id: own.id as string }
  }

  test('are changed there first, then here, with what stood before kept', async () => {
    const own = await sentAnswer()
    const key = newId()
    const change = () => post(`/engagements/${own.id}/edit`, { text: 'We send it on Monday.', key })
    const asked = await change()
    expect(asked.body.engagement).toMatchObject({
      text: 'We sent a new one.',
      change: { what: 'edit', state: 'queued', text: 'We send it on Monday.' },
    })
    expect((await change()).status).toBe(200)
    const second = await post(`/engagements/${own.id}/edit`, { text: 'Else', key: newId() })
    expect(second).toMatchObject({ status: 409, body: { data: { reason: 'changing' } } })
    await send(own.threadId)
    expect(network.posts.map(({ text }) => text)).toEqual(['We send it on Monday.'])
    const found = await desk.call('GET', `/engagements/${own.id}`, { as: desk.owner })
    expect(found.body.engagement).toMatchObject({ text: 'We send it on Monday.', change: null })
    expect(found.body.engagement.editedAt).not.toBeNull()
    expect(found.body.versions.map(({ text }: { text: string }) => text)).toEqual(['We sent a new one.'])
    const [trail] = await desk.rows('select action from audit order by number desc limit 1')
    expect(trail.action).toBe('answer.edited')
  })

  test('are taken back there first, then here, where a tombstone and the trail stay', async () => {
    const own = await sentAnswer()
    expect((await post(`/engagements/${own.id}/delete`, { key: newId() })).status).toBe(200)
    expect((await shown(own.id)).deletedAt).toBeNull()
    await send(own.threadId)
    expect(network.posts[0]?.isGone).toBe(true)
    // The network tells listeners so as well.
    await hear({ ...echo(network.posts[0]?.name ?? '', '', null), type: 'Delete' })
    const found = await desk.call('GET', `/engagements/${own.id}`, { as: desk.owner })
    expect(found.body.engagement).toMatchObject({ text: '', deletedAt: expect.any(String) })
    expect(found.body.versions.map(({ text }: { text: string }) => text)).toEqual(['We sent a new one.'])
    expect((await post(`/engagements/${own.id}/edit`, { text: 'x', key: newId() })).status).toBe(409)
  })

  test.each([
    ['edit', 'taken'],
    ['edit', 'acted'],
    ['edit', 'ended'],
    ['delete', 'taken'],
    ['delete', 'acted'],
    ['delete', 'ended'],
  ] as const)('survive a crash while a change of kind %s was %s', async (what, step) => {
    const own = await sentAnswer()
    await post(`/engagements/${own.id}/${what}`, { text: 'Changed.', key: newId() })
    const between = async (at: string): Promise<void> => {
      if (at === step) throw new Crash()
    }
    await expect(send(own.threadId, { between })).rejects.toThrow(Crash)
    for (let round = 0; round < 2; round += 1) {
      desk.ahead(10 * 60_000)
      await sweepOutbox(desk.outbox)
      await send(own.threadId)
    }
    expect(network.posts).toHaveLength(1)
    const there = network.posts[0]
    const here = await shown(own.id)
    expect(here.change).toBeNull()
    if (what === 'edit') expect([there?.text, here.text]).toEqual(['Changed.', 'Changed.'])
    else expect([there?.isGone, here.text]).toEqual([true, ''])
  })

  test('are not those of others, nor what has not left', async () => {
    const waiting = await openCase()
    const theirs = await post(`/engagements/${waiting.theirs}/edit`, { text: 'x', key: newId() })
    expect(theirs).toMatchObject({ status: 409, body: { data: { reason: 'not-ours' } } })
    const own = await answer(waiting)
    const early = await post(`/engagements/${own.id}/delete`, { key: newId() })
    expect(early).toMatchObject({ status: 409, body: { data: { reason: 'not-sent' } } })
    expect((await post(`/engagements/${newId()}/delete`, { key: newId() })).status).toBe(404)
  })

  test('may be a sign on the words of others: once, known when it comes back, and no answer', async () => {
    const waiting = await openCase()
    const liked = await post(`/engagements/${waiting.theirs}/like`, { key: newId() })
    expect(liked.body.engagement).toMatchObject({ type: 'Like', parentId: waiting.theirs, direction: 'out' })
    const again = await post(`/engagements/${waiting.theirs}/like`, { key: newId() })
    expect(again).toMatchObject({ status: 409, body: { data: { reason: 'done-already' } } })
    expect((await post(`/engagements/${waiting.theirs}/share`, { key: newId() })).status).toBe(200)
    await send(waiting.threadId)
    expect(network.posts.map(({ what, below }) => [what, below])).toEqual([
      ['like', waiting.theirName],
      ['share', waiting.theirName],
    ])
    const before = await countIn(waiting.threadId)
    await hear({ ...echo(network.posts[0]?.name ?? '', '', waiting.theirName), type: 'Like' })
    expect(await countIn(waiting.threadId)).toBe(before)
    const [kase] = await desk.rows('select is_waiting from cases where id = $1', [waiting.caseId])
    expect(kase.is_waiting).toBe(true)
  })

  test('may be a post of our own, which those who answer it find', async () => {
    const [presence] = await desk.rows(`select id from presences where handle = 'acme'`)
    const key = newId()
    const say = () => post(`/presences/${presence.id}/posts`, { text: 'We are open again!', key })
    const said = await say()
    expect((await say()).body.engagement.id).toBe(said.body.engagement.id)
    await send(said.body.engagement.id)
    expect(network.posts).toHaveLength(1)
    const reply = await arrive({
      text: 'Where is my parcel?',
      author: authorOf(newId()),
      parentExternalId: network.posts[0]?.name,
    })
    const [row] = await desk.rows('select parent_id from engagements where id = $1', [reply])
    expect(row.parent_id).toBe(said.body.engagement.id)
  })
})
