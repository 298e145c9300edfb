import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openDesk, type Desk } from '../../../test/desk.ts'
import { startMailServer, type MailServer } from '../../../test/peers/mail-server.ts'
import { newId } from '../../platform/ids.ts'

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
  await desk.rows('delete from auth.guesses')
  mail.fault = null
  mail.kept.length = 0
})

function start(more: Readonly<Record<string, unknown>> = {}) {
  const body = { name: 'Jo', text: 'Is anybody there?', key: newId(), ...more }
  return desk.call('POST', `/public/${desk.slug}/conversations`, { body })
}

async function begin(more: Readonly<Record<string, unknown>> = {}): Promise<string> {
  const started = await start(more)
  expect(started.status).toBe(200)
  return started.body.token
}

const read = (token: string) => desk.call('GET', `/public/conversations/${token}`)

function write(token: string, text: string, key = newId()) {
  return desk.call('POST', `/public/conversations/${token}/messages`, { body: { text, key } })
}

async function caseOf(token: string): Promise<string> {
  await desk.run('digest')
  const { messages } = (await read(token)).body
  const [row] = await desk.rows('select case_id from engagements where id = $1', [messages[0].id])
  return row.case_id
}

async function answer(caseId: string, text: string, then = 'pending') {
  const body = { text, key: newId(), lastSeenEngagementId: null, sendAnyway: true, then }
  return desk.call('POST', `/cases/${caseId}/answers`, { as: desk.owner, body })
}

describe('the contact form', () => {
  test('shows company and greeting, and is gone when it is closed', async () => {
    const form = () => desk.call('GET', `/public/${desk.slug}/form`)
    expect(await form()).toMatchObject({ status: 200, body: { company: 'Acme', greeting: '' } })
    await desk.rows(`update workspaces set contact_form = '{"isOpen": false, "greeting": ""}'`)
    expect((await form()).status).toBe(410)
    expect((await start()).status).toBe(410)
    await desk.rows(`update workspaces set contact_form = '{"isOpen": true, "greeting": "Hi"}'`)
    expect((await form()).body.greeting).toBe('Hi')
    expect((await desk.call('GET', '/public/nobody/form')).status).toBe(404)
  })

  test('begins a conversation that its private link shows at once, before anybody took it up', async () => {
    const key = newId()
    const text = '<img src=x onerror=alert(1)> \u202e"\'; drop table x'
    const started = await start({ text, key, email: 'Jo@Example.org' })
    expect(started.body.url).toBe(`${desk.world.publicUrl}/c/${started.body.token}`)
    const shown = await read(started.body.token)
    expect(shown.body).toMatchObject({ company: 'Acme', name: 'Jo', survey: null })
    expect(shown.body.messages).toMatchObject([{ from: 'you', author: 'Jo', text }])
    const before = shown.body
    await desk.run('digest')
    expect((await read(started.body.token)).body).toEqual(before)
    const again = await start({ text, key, email: 'Jo@Example.org' })
    expect(again.body.token).toBe(started.body.token)
    expect((await read(started.body.token)).body.messages).toHaveLength(1)
    const [held] = await desk.rows('select * from web_conversations order by created_at desc limit 1')
    expect(JSON.stringify(held)).not.toContain(started.body.token)
  })

  test('makes the form a connected presence and the person a person, whose given address proves nothing', async () => {
    const token = await begin({ email: 'jo@example.org' })
    await caseOf(token)
    const [presence] = await desk.rows(`select handle, connector from presences where channel = 'web'`)
    expect(presence).toEqual({ handle: desk.slug, connector: 'web' })
    const [identity] = await desk.rows(
      `select * from identities where source = 'web' order by created_at desc limit 1`,
    )
    expect(identity).toMatchObject({ handle: 'jo@example.org', verified_email: null, name: 'Jo' })
  })

  test('lets one address begin ten conversations an hour', async () => {
    const started = []
    for (let i = 0; i < 11; i += 1) started.push((await start()).status)
    expect(started.filter((status) => status === 200)).toHaveLength(10)
    expect(started.at(-1)).toBe(429)
  })

  test('refuses what is no message', async () => {
    expect((await start({ name: ' ' })).status).toBe(400)
    expect((await start({ text: '' })).status).toBe(400)
    expect((await start({ email: 'nobody' })).status).toBe(400)
    expect((await start({ key: 'x' })).status).toBe(400)
    expect((await start({ text: 'x'.repeat(10_001) })).status).toBe(400)
  })
})

describe('the conversation page', () => {
  test('shows our answer with the commit that holds it, and nothing internal', async () => {
    const token = await begin()
    const caseId = await caseOf(token)
    const note = { text: 'internal: a difficult one', mentions: [] }
    await desk.call('POST', `/cases/${caseId}/notes`, { as: desk.owner, body: note })
    const sent = await answer(caseId, 'Yes, we are.')
    expect(sent.body.engagement.delivery).toMatchObject({ state: 'sent', detail: 'on the conversation page' })
    const { body } = await read(token)
    expect(body.messages.map((m: { from: string; text: string }) => [m.from, m.text])).toEqual([
      ['you', 'Is anybody there?'],
      ['us', 'Yes, we are.'],
    ])
    expect(body.messages[1].author).toBe('Olga')
    expect(JSON.stringify(body)).not.toContain('internal')
  })

  test('shows words of nobody else: other conversations, other engagements of the thread', async () => {
    const mine = await begin({ text: 'mine' })
    const theirs = await begin({ text: 'theirs' })
    const caseId = await caseOf(mine)
    await answer(await caseOf(theirs), 'for them')
    const [thread] = await desk.rows(
      `select n.external_id from cases c join thread_names n on n.thread_id = c.thread_id where c.id = $1`,
      [caseId],
    )
    await desk.arrive({
      text: 'called them',
      source: 'web',
      channel: 'call',
      direction: 'out',
      author: { externalId: 'member:1', name: 'Olga' },
      threadExternalId: thread.external_id,
    })
    const shown = (await read(mine)).body.messages.map((m: { text: string }) => m.text)
    expect(shown).toEqual(['mine'])
  })

  test('takes more words, once for each key, in the same thread and case', async () => {
    const token = await begin()
    const caseId = await caseOf(token)
    const key = newId()
    await Promise.all([1, 2, 3].map(() => write(token, 'And another thing', key)))
    expect((await read(token)).body.messages).toHaveLength(2)
    await desk.run('digest')
    expect((await read(token)).body.messages).toHaveLength(2)
    const [row] = await desk.rows('select count(*)::int as n from engagements where case_id = $1', [caseId])
    expect(row.n).toBe(2)
  })

  test('hides what was deleted', async () => {
    const token = await begin({ text: 'forget this' })
    await caseOf(token)
    const [row] = await desk.rows(`select external_id from engagements where text = 'forget this'`)
    await desk.arrive({ type: 'Delete', source: 'web', externalId: row.external_id, text: '' })
    expect((await read(token)).body.messages).toEqual([])
  })

  test('takes sixty messages an hour', async () => {
    const token = await begin()
    const [held] = await desk.rows(
      'select id, workspace_id from web_conversations order by created_at desc limit 1',
    )
    await desk.rows(
      `insert into web_messages select $1, $2, gen_random_uuid(), gen_random_uuid(), now() from generate_series(1, 59)`,
      [held.workspace_id, held.id],
    )
    expect((await write(token, 'one too many')).status).toBe(429)
  })

  test('answers a wrong link like one that never was', async () => {
    const token = await begin()
    const wrong = `${token.slice(0, -2)}xx`
    expect((await read(wrong)).status).toBe(404)
    expect((await write(wrong, 'x')).status).toBe(404)
    expect((await read('short')).status).toBe(400)
    expect((await write(token, ' ')).status).toBe(400)
  })
})

describe('somebody who left a mail address', () => {
  test('hears by mail that an answer waits, by their private link and without its words', async () => {
    const token = await begin({ email: 'jo@example.org' })
    const caseId = await caseOf(token)
    const sent = await answer(caseId, 'The secret word is plum.')
    await answer(caseId, 'And one more.')
    await desk.sendAll()
    expect(mail.kept).toHaveLength(1)
    expect(mail.kept[0]).toMatchObject({
      to: [{ address: 'jo@example.org' }],
      subject: 'Acme has answered you',
    })
    expect(mail.kept[0]?.text).toContain(`${desk.world.publicUrl}/c/${token}`)
    expect(mail.kept[0]?.text).not.toContain('plum')
    const [row] = await desk.rows(
      `select state, detail from outbox where engagement_id = $1 and purpose = 'answer'`,
      [sent.body.engagement.id],
    )
    expect(row).toEqual({ state: 'sent', detail: 'on the conversation page; they were told by mail' })
  })

  test('whose mailbox refuses still has the answer on the page, and the desk says so', async () => {
    mail.fault = { at: 'recipient', then: { code: 550, message: 'no such user' } }
    const token = await begin({ email: 'gone@example.org' })
    const sent = await answer(await caseOf(token), 'Hello')
    await desk.sendAll()
    expect((await read(token)).body.messages).toHaveLength(2)
    const [row] = await desk.rows(
      `select state, detail from outbox where engagement_id = $1 and purpose = 'answer'`,
      [sent.body.engagement.id],
    )
    expect(row.state).toBe('sent')
    expect(row.detail).toMatch(/did not leave.*no such user/)
  })
})

describe('the survey', () => {
  const survey = (token: string) => desk.call('GET', `/public/surveys/${token}`)
  const say = (token: string, body: object) => desk.call('POST', `/public/surveys/${token}`, { body })

  test('is asked once after the case is resolved, answered and changed, and seen at the desk', async () => {
    const token = await begin()
    const caseId = await caseOf(token)
    await desk.run('case-resolved', { caseId })
    expect((await read(token)).body.survey).toBeNull()
    await answer(caseId, 'Done.', 'resolved')
    const [job] = await desk.rows(
      `select count(*)::int as n from graphile_worker.jobs where task_identifier = 'case-resolved'`,
    )
    expect(job.n).toBeGreaterThan(0)
    await desk.run('case-resolved', { caseId })
    await desk.run('case-resolved', { caseId })
    const { survey: asked } = (await read(token)).body
    expect(asked).toMatchObject({ isAnswered: false })
    expect((await survey(asked.token)).body).toMatchObject({ company: 'Acme', score: null, comment: '' })
    expect((await say(asked.token, { score: 2, comment: 'slow' })).status).toBe(200)
    expect((await say(asked.token, { score: 4 })).status).toBe(200)
    expect((await survey(asked.token)).body).toMatchObject({ score: 4, comment: '' })
    expect((await read(token)).body.survey).toMatchObject({ isAnswered: true })
    const shown = await desk.call('GET', `/cases/${caseId}`, { as: desk.owner })
    expect(shown.body.survey).toMatchObject({ score: 4 })
  })

  test('refuses other figures and other links, and ends after thirty days', async () => {
    const token = await begin()
    const caseId = await caseOf(token)
    await answer(caseId, 'Done.', 'resolved')
    await desk.run('case-resolved', { caseId })
    const { token: asked } = (await read(token)).body.survey
    for (const score of [0, 6, 2.5, '3']) expect((await say(asked, { score })).status).toBe(400)
    expect((await say(asked, {})).status).toBe(400)
    expect((await survey(token)).status).toBe(404)
    expect((await read(asked)).status).toBe(404)
    await desk.rows(`update surveys set asked_at = now() - interval '31 days'`)
    expect((await survey(asked)).status).toBe(410)
    expect((await say(asked, { score: 5 })).status).toBe(410)
  })
})
