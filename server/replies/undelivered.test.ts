import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { inScope, systemScope } from '../platform/db/scope.ts'
import { openNetworkDesk, type NetworkDesk } from '../../test/network-desk.ts'
import { applyReceipts } from './commands-receipts.ts'

let net: NetworkDesk

beforeAll(async () => {
  net = await openNetworkDesk()
})
afterAll(() => net.close())
beforeEach(async () => {
  await net.clear()
  await net.desk.rows('delete from notifications')
})

async function caseOf(caseId: string) {
  return (await net.desk.call('GET', `/cases/${caseId}`, { as: net.desk.owner })).body
}

async function told(): Promise<readonly { readonly kind: string; readonly text: string }[]> {
  return net.desk.rows('select kind, text from notifications where workspace_id = $1', [net.desk.workspaceId])
}

/** The network says later that it did not arrive; it may say so again. */
async function comesBack(name: string, detail: string): Promise<void> {
  const { workspaceId } = net.desk
  await net.desk.rows(
    `insert into receipts (workspace_id, connection_id, network_id, state, detail, at)
     values ($1, $2, $3, 'failed', $4, now()) on conflict do nothing`,
    [workspaceId, net.connectionId(), name, detail],
  )
  await inScope(net.desk.world.database, systemScope(workspaceId), (db) =>
    applyReceipts(db, workspaceId, 'small', [name]),
  )
}

test('an answer that comes back opens its case again and tells who sent it, once, with the reason', async () => {
  const waiting = await net.openCase()
  const answer = await net.answer(waiting, 'Here you are.', { then: 'resolved' })
  await net.send(waiting.threadId)
  expect(await caseOf(waiting.caseId)).toMatchObject({ status: 'resolved', isWaiting: false })
  await comesBack(net.firstPost().name, 'The mailbox is full.')
  await comesBack(net.firstPost().name, 'The mailbox is full.')
  expect(await caseOf(waiting.caseId)).toMatchObject({ status: 'open', isWaiting: true, resolvedAt: null })
  const notices = await told()
  expect(notices).toHaveLength(1)
  expect(notices[0]).toMatchObject({ kind: 'undelivered', text: expect.stringContaining('mailbox is full') })
  expect((await net.shown(answer.id)).delivery).toMatchObject({
    state: 'failed',
    detail: 'The mailbox is full.',
    canRetry: true,
  })
})

test('an answer that the network refuses does the same, and tried again it answers', async () => {
  const waiting = await net.openCase()
  const answer = await net.answer(waiting)
  net.network.fault = { error: 'content.rejected' }
  await net.send(waiting.threadId)
  expect(await caseOf(waiting.caseId)).toMatchObject({ status: 'open', isWaiting: true })
  expect(await told()).toMatchObject([{ kind: 'undelivered' }])
  net.network.fault = null
  expect((await net.post(`/engagements/${answer.id}/retry`)).status).toBe(200)
  await net.send(waiting.threadId)
  expect((await net.shown(answer.id)).delivery).toMatchObject({ state: 'sent' })
  expect(net.network.posts).toHaveLength(1)
  expect(await caseOf(waiting.caseId)).toMatchObject({ isWaiting: false })
})
