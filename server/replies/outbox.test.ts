import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Channel } from '../../channels/channel.ts'
import { openDesk, type Desk } from '../../test/desk.ts'
import { startMailServer, type MailServer, type MailStage } from '../../test/peers/mail-server.ts'
import { newId } from '../platform/ids.ts'
import { sendThread } from './commands-outbox.ts'
import { sweepOutbox } from './commands-sweep.ts'

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
  await desk.rows('delete from outbox')
  desk.ahead(0)
  mail.fault = null
  mail.kept.length = 0
})

interface Waiting {
  readonly threadId: string
  readonly engagementId: string
  readonly caseId: string
}

/** An answer by mail that waits in the outbox. */
async function answerByMail(text = 'Here it is.'): Promise<Waiting> {
  const address = `${newId()}@example.org`
  const author = { externalId: address, handle: address, name: 'Jo' }
  const seen = await desk.arrive({ text: 'Where is it?', author })
  const [row] = await desk.rows('select case_id, thread_id from engagements where id = $1', [seen])
  const engagementId = await answerAgain(row.case_id, text)
  return { threadId: row.thread_id, caseId: row.case_id, engagementId }
}

async function answerAgain(caseId: string, text: string): Promise<string> {
  const body = { text, key: newId(), lastSeenEngagementId: null, sendAnyway: true }
  const sent = await desk.call('POST', `/cases/${caseId}/answers`, { as: desk.owner, body })
  return sent.body.engagement.id
}

async function stateOf({ engagementId }: Pick<Waiting, 'engagementId'>) {
  const [row] = await desk.rows('select state, detail, tries from outbox where engagement_id = $1', [
    engagementId,
  ])
  return row
}

const send = ({ threadId }: Waiting, more = {}) =>
  sendThread({ ...desk.outbox, ...more }, { workspaceId: desk.workspaceId, threadId })

/** Everything that a restart does, after every lease has run out. */
async function restart(waiting: Waiting): Promise<void> {
  desk.ahead(10 * 60_000)
  await sweepOutbox(desk.outbox)
  await send(waiting)
  await sweepOutbox(desk.outbox)
  await send(waiting)
}

class Crash extends Error {}

describe('a crash', () => {
  test.each([
    ['taken', 0, 'unknown'],
    ['acted', 1, 'unknown'],
    ['ended', 1, 'sent'],
  ] as const)('after it was %s sends nothing twice and loses nothing silently', async (step, kept, state) => {
    const waiting = await answerByMail()
    const between = async (at: string): Promise<void> => {
      if (at === step) throw new Crash()
    }
    await expect(send(waiting, { between })).rejects.toThrow(Crash)
    await restart(waiting)
    expect(mail.kept).toHaveLength(kept)
    expect(await stateOf(waiting)).toMatchObject({ state })
  })

  // A worker killed with SIGKILL by the mail server itself, at every point of their talk.
  test.each([
    ['connected', 0],
    ['sender', 0],
    ['recipient', 0],
    ['kept', 1],
  ] as const)('of the worker while the server is at "%s" likewise', async (at: MailStage, kept: number) => {
    const waiting = await answerByMail()
    const worker = startWorker(waiting)
    mail.fault = {
      at,
      async then() {
        worker.kill('SIGKILL')
        await once(worker, 'exit')
      },
    }
    await once(worker, 'exit')
    mail.fault = null
    expect(await stateOf(waiting)).toMatchObject({ state: 'sending' })
    await restart(waiting)
    expect(mail.kept).toHaveLength(kept)
    expect(await stateOf(waiting)).toMatchObject({ state: 'unknown' })
  })

  test('before anything was taken loses nothing: the sweep asks for it again', async () => {
    const waiting = await answerByMail()
    await desk.rows(`select graphile_worker.remove_job($1)`, [`send:${waiting.threadId}`])
    await sweepOutbox(desk.outbox)
    const [job] = await desk.rows('select task_identifier from graphile_worker.jobs where key = $1', [
      `send:${waiting.threadId}`,
    ])
    expect(job).toMatchObject({ task_identifier: 'send' })
    await send(waiting)
    expect(mail.kept).toHaveLength(1)
  })

  test('leaves what a member may try again by hand, under the same Message-ID', async () => {
    const waiting = await answerByMail()
    const between = async (at: string): Promise<void> => {
      if (at === 'acted') throw new Crash()
    }
    await expect(send(waiting, { between })).rejects.toThrow(Crash)
    await restart(waiting)
    const shown = await desk.call('GET', `/cases/${waiting.caseId}/thread`, { as: desk.owner })
    expect(shown.body.items.at(-1).delivery).toMatchObject({ state: 'unknown' })
    const retried = await desk.call('POST', `/engagements/${waiting.engagementId}/retry`, { as: desk.owner })
    expect(retried.status).toBe(200)
    await send(waiting)
    expect(await stateOf(waiting)).toMatchObject({ state: 'sent' })
    expect(new Set(mail.kept.map(({ messageId }) => messageId)).size).toBe(1)
  })
})

function startWorker({ threadId }: Waiting): ChildProcess {
  const { connectionString: ownerUrl = '' } = desk.database.ownerPool.options
  const script = fileURLToPath(new URL('../../test/peers/send-thread.ts', import.meta.url))
  const args = [script, desk.appUrl, ownerUrl, mail.url, desk.workspaceId, threadId]
  return spawn(process.execPath, args, { stdio: 'inherit' })
}

describe('a mail server', () => {
  test('that takes the mail and drops the line is not sent to again: nobody knows', async () => {
    const waiting = await answerByMail()
    mail.fault = { at: 'kept', then: 'drop' }
    await send(waiting)
    mail.fault = null
    expect(await stateOf(waiting)).toMatchObject({ state: 'unknown', tries: 1 })
    await restart(waiting)
    expect(mail.kept).toHaveLength(1)
    expect(await stateOf(waiting)).toMatchObject({ state: 'unknown' })
  })

  test.each(['connected', 'sender', 'recipient'] as const)(
    'that drops the line at "%s" is tried again later',
    async (at) => {
      const waiting = await answerByMail()
      mail.fault = { at, then: 'drop' }
      await send(waiting)
      mail.fault = null
      expect(await stateOf(waiting)).toMatchObject({ state: 'queued' })
      await send(waiting)
      expect(mail.kept).toHaveLength(0)
      desk.ahead(60_000)
      await send(waiting)
      expect(mail.kept).toHaveLength(1)
      expect(await stateOf(waiting)).toMatchObject({ state: 'sent', tries: 2 })
    },
  )

  test.each([
    ['sender', 421, 'queued'],
    ['recipient', 450, 'queued'],
    ['recipient', 550, 'failed'],
    ['kept', 451, 'queued'],
    ['kept', 554, 'failed'],
  ] as const)('that answers at "%s" with %i: the mail is %s', async (at, code, state) => {
    const waiting = await answerByMail()
    mail.fault = { at, then: { code, message: 'not today' } }
    await send(waiting)
    const held = await stateOf(waiting)
    expect(held.state).toBe(state)
    expect(held.detail).toContain('not today')
    expect(mail.kept).toHaveLength(0)
  })

  test('that is away is tried eight times, then the answer failed and says why', async () => {
    const waiting = await answerByMail()
    mail.fault = { at: 'connected', then: 'drop' }
    for (let i = 1; i <= 9; i += 1) {
      desk.ahead(i * 2 * 3_600_000)
      await send(waiting)
    }
    expect(await stateOf(waiting)).toMatchObject({ state: 'failed', tries: 8 })
  })
})

describe('the outbox', () => {
  test('keeps the order in a thread: what must wait holds up those behind it', async () => {
    const waiting = await answerByMail('first')
    await answerAgain(waiting.caseId, 'second')
    await answerAgain(waiting.caseId, 'third')
    mail.fault = { at: 'recipient', then: { code: 450, message: 'busy' } }
    await send(waiting)
    mail.fault = null
    await send(waiting)
    expect(mail.kept).toHaveLength(0)
    desk.ahead(10 * 60_000)
    await send(waiting)
    expect(mail.kept.map(({ text }) => text?.trim())).toEqual(['first', 'second', 'third'])
  })

  test('lets two workers at one thread send each answer once', async () => {
    const waiting = await answerByMail('a')
    for (const text of ['b', 'c', 'd']) await answerAgain(waiting.caseId, text)
    await Promise.all([1, 2, 3, 4].map(() => send(waiting)))
    await send(waiting)
    expect(mail.kept.map(({ text }) => text?.trim())).toEqual(['a', 'b', 'c', 'd'])
  })

  test('reads back what may have left, where the network can be asked', async () => {
    const email = desk.outbox.channels.get('email')
    if (email === undefined) throw new Error('no e-mail')
    const { manifest } = email
    const capabilities = { ...manifest.capabilities, readBack: { level: 'full' } as const }
    // The peer stands in for a network that can be asked: it knows what it has kept.
    const asking: Channel = {
      ...email,
      manifest: { ...manifest, capabilities },
      readBack: async (_command, key) =>
        mail.kept.some(({ messageId }) => messageId?.includes(key)) ? 'there' : 'absent',
    }
    const parts = { ...desk.outbox, channels: new Map([['email', asking]]) }
    for (const [step, afterwards] of [
      ['taken', 'queued'],
      ['acted', 'sent'],
    ] as const) {
      const waiting = await answerByMail(step)
      const between = async (at: string): Promise<void> => {
        if (at === step) throw new Crash()
      }
      desk.ahead(0)
      await expect(send(waiting, { between })).rejects.toThrow(Crash)
      desk.ahead(10 * 60_000)
      await sweepOutbox(parts)
      expect(await stateOf(waiting)).toMatchObject({ state: afterwards })
      await send(waiting)
      expect(mail.kept.filter(({ text }) => text?.trim() === step)).toHaveLength(1)
    }
  })
})
