// A desk whose accounts are connected to a small network, with what its tests do over and over.
import { openDesk, type Desk } from './desk.ts'
import { startMailServer, type MailServer } from './peers/mail-server.ts'
import { startSmallNetwork, type SmallNetwork } from './peers/small-network.ts'
import type { EngagementInput } from '../contract/engagement.ts'
import { acceptWithin } from '../server/engagements/index.ts'
import { inScope, systemScope } from '../server/platform/db/scope.ts'
import { newId } from '../server/platform/ids.ts'
import { sendThread } from '../server/replies/commands-outbox.ts'

export type Words = Partial<EngagementInput> & { readonly text: string }

export interface Waiting {
  readonly caseId: string
  readonly threadId: string
  readonly theirs: string
  readonly theirName: string
  readonly name: string
}

const onSmall = { source: 'small', channel: 'small', kind: 'Note', visibility: 'public' } as const

export function authorOf(name: string) {
  return { externalId: `small-${name}`, handle: name, name }
}

/** Our own words as the network shows them to whoever listens. */
export function echo(externalId: string, text: string, parent: string | null): Words {
  const above = parent === null ? {} : { parentExternalId: parent }
  return { text, externalId, direction: 'out', author: authorOf('acme'), ...above }
}

export type NetworkDesk = Awaited<ReturnType<typeof openNetworkDesk>>

export async function openNetworkDesk() {
  const mail: MailServer = await startMailServer()
  const network: SmallNetwork = startSmallNetwork()
  const desk: Desk = await openDesk(mail, network.connections)
  let connectionId = ''

  /** Nothing waits, nothing fails, and the account `acme` is connected. */
  async function clear(): Promise<void> {
    await desk.rows('delete from outbox')
    await desk.rows('delete from outbox_holds')
    await desk.rows('delete from arrival_queue')
    desk.ahead(0)
    network.fault = null
    network.meanwhile = null
    network.posts.length = 0
    connectionId = await connectAccount('acme')
  }

  async function connectAccount(handle: string): Promise<string> {
    await arrive({ text: 'hello', author: authorOf(newId()), presence: handle, kind: 'Note' })
    const [presence] = await desk.rows(`select id from presences where channel = 'small' and handle = $1`, [
      handle,
    ])
    const [known] = await desk.rows('select id from connections where presence_id = $1', [presence.id])
    const id: string = known?.id ?? newId()
    if (known === undefined) {
      await desk.rows(
        `insert into connections (workspace_id, id, presence_id, channel, account, created_at)
         values ($1, $2::uuid, $3, 'small', jsonb_build_object('id', $2::uuid), now())`,
        [desk.workspaceId, id, presence.id],
      )
    }
    network.connect(presence.id, id)
    return id
  }

  function arrive(words: Words): Promise<string> {
    return desk.arrive({ ...onSmall, externalId: `theirs:${newId()}`, presence: 'acme', ...words })
  }

  /** Hands in without a look at what it became. */
  async function hear(words: Words): Promise<void> {
    const now = new Date(desk.world.clock.now())
    const input: EngagementInput = {
      type: 'Create',
      direction: 'in',
      externalId: `theirs:${newId()}`,
      author: authorOf('somebody'),
      presence: 'acme',
      mentions: [],
      media: [],
      publishedAt: now.toISOString(),
      automatic: false,
      ...onSmall,
      ...words,
    }
    await inScope(desk.world.database, systemScope(desk.workspaceId), (db) =>
      acceptWithin(db, desk.workspaceId, [input], { via: 'api', now }),
    )
    await desk.run('digest')
  }

  async function openCase(text = 'My parcel is broken!'): Promise<Waiting> {
    const name = newId()
    const theirName = `theirs:${newId()}`
    const theirs = await arrive({ text, author: authorOf(name), externalId: theirName })
    const [row] = await desk.rows('select case_id, thread_id from engagements where id = $1', [theirs])
    return { caseId: row.case_id, threadId: row.thread_id, theirs, theirName, name }
  }

  const post = (path: string, body: object = {}) => desk.call('POST', path, { as: desk.owner, body })

  async function answer(waiting: Pick<Waiting, 'caseId'>, text = 'We send a new one.', more: object = {}) {
    const body = { text, key: newId(), lastSeenEngagementId: null, sendAnyway: true, ...more }
    const sent = await post(`/cases/${waiting.caseId}/answers`, body)
    if (sent.status !== 200) throw new Error(JSON.stringify(sent.body))
    return sent.body.engagement
  }

  const send = (threadId: string, more = {}) =>
    sendThread({ ...desk.outbox, ...more }, { workspaceId: desk.workspaceId, threadId })

  async function shown(engagementId: string) {
    const found = await desk.call('GET', `/engagements/${engagementId}`, { as: desk.owner })
    return found.body.engagement
  }

  async function countIn(threadId: string): Promise<number> {
    const [row] = await desk.rows('select count(*)::int as n from engagements where thread_id = $1', [
      threadId,
    ])
    return row.n
  }

  function firstPost() {
    const [first] = network.posts
    if (first === undefined) throw new Error('nothing took effect')
    return first
  }

  async function close(): Promise<void> {
    await desk.close()
    await mail.close()
  }

  return {
    mail,
    network,
    desk,
    connectionId: () => connectionId,
    clear,
    close,
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
  }
}
