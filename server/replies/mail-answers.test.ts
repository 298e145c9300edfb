import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Channel, MailedAnswer } from '../../channels/channel.ts'
import { mailbox } from '../../channels/email/mailbox.ts'
import { openDesk, type Desk } from '../../test/desk.ts'
import type { Person } from '../../test/api.ts'
import { missingDebian } from '../../test/peers/install.ts'
import { ourAddress, startMailWorld, type MailWorld } from '../../test/peers/dovecot/mail-world.ts'
import { openTestPorts } from '../../test/ports.ts'
import { inScope, systemScope } from '../platform/db/scope.ts'
import { newId } from '../platform/ids.ts'
import { askToTakeMailAnswers } from './index.ts'

const missing = missingDebian(['dovecot-imapd', 'dovecot-lmtpd'])

let world: MailWorld
let desk: Desk
let mia: Person
let channel: Channel
let ahead = 0
const connectionId = newId()

beforeAll(async () => {
  if (missing !== null) return
  world = await startMailWorld({ signIn: 'password', security: 'none' })
  const opened = mailbox.open(openTestPorts({ trusted: world.trusted }), { smtp: undefined }, world.link)
  if (opened === null) throw new Error('no channel')
  channel = opened
  desk = await openDesk(undefined, { open: async () => ({ channel, connectionId, waits: null }) })
  mia = await desk.addMember('Mia', 'agent')
  await desk.arrive({ text: 'hello', presence: ourAddress })
  const [presence] = await desk.rows('select id from presences where handle = $1', [ourAddress])
  await desk.rows(
    `insert into connections (workspace_id, id, presence_id, channel, created_at) values ($1, $2, $3, 'mailbox', now())`,
    [desk.workspaceId, connectionId, presence.id],
  )
})
afterAll(async () => {
  await desk?.close()
  await world?.close()
})

interface Asked {
  readonly caseId: string
  readonly replyTo: string
  readonly messageId: string
}

/** A customer waits, the case is given to Mia, and Mia is away. */
async function askMia(text: string): Promise<Asked> {
  const author = { externalId: `${newId()}@example.org`, handle: 'jo@example.org', name: 'Jo' }
  const engagementId = await desk.arrive({ text, author, presence: ourAddress })
  const [{ case_id: caseId }] = await desk.rows('select case_id from engagements where id = $1', [
    engagementId,
  ])
  const [member] = await desk.rows(`select id from members where name = 'Mia'`)
  const [state] = await desk.rows('select version from cases where id = $1', [caseId])
  const given = await desk.call('POST', `/cases/${caseId}/assign`, {
    as: desk.owner,
    body: { memberId: member.id, version: state.version },
  })
  if (given.status !== 200) throw new Error(JSON.stringify(given))
  ahead += 6 * 60_000
  desk.ahead(ahead)
  await desk.run('ask-by-mail')
  const asked = world.smtp.kept.findLast((mail) => mail.text?.includes(`    ${text}`))
  return {
    caseId,
    replyTo: asked?.replyTo?.[0]?.address ?? '',
    messageId: asked?.messageId ?? '',
  }
}

/** A mail as Mia's program writes it, read as the mailbox reads it. */
async function mailed(
  asked: Asked,
  more: { readonly from?: string; readonly text?: string; readonly head?: string } = {},
) {
  const { from = 'Mia <mia@acme.example>', text = 'It leaves today.', head = '' } = more
  const raw = `${head}From: ${from}\r\nTo: ${asked.replyTo}\r\nIn-Reply-To: ${asked.messageId}\r\nMessage-ID: <${newId()}@acme.example>\r\nDate: ${new Date().toUTCString()}\r\n\r\n${text}\r\n\r\nOn 3 May 2026 at 10:00 Acme <${ourAddress}> wrote:\r\n> Hello Mia,\r\n`
  const event = { key: 'k', at: Date.now(), body: Buffer.from(raw), facts: { folder: 'inbox' } }
  const meant = await channel.normalise?.(event)
  const answers: readonly MailedAnswer[] = meant?.mailedAnswers ?? []
  expect(answers).toHaveLength(1)
  await inScope(desk.database, systemScope(desk.workspaceId), (db) =>
    askToTakeMailAnswers(db, desk.workspaceId, { connectionId, answers }),
  )
  for (const answer of answers) await desk.run('mail-answer', { connectionId, answer })
  return answers
}

const answersIn = (caseId: string) =>
  desk.rows(
    `select e.text, m.name from engagements e join members m on m.id = e.member_id
     where e.case_id = $1 and e.direction = 'out' order by e.published_at`,
    [caseId],
  )
const toldMia = async () => {
  const found = await desk.rows(
    `select n.text from notifications n join members m on m.id = n.member_id where m.name = 'Mia' order by n.at, n.id`,
  )
  return found.map(({ text }) => text)
}

describe.skipIf(missing !== null)('a member who is away', () => {
  test('is asked once by mail, with the words of the customer and the way to answer', async () => {
    const before = world.smtp.kept.length
    const asked = await askMia('Where is my order 4711?')
    await desk.run('ask-by-mail')
    expect(world.smtp.kept).toHaveLength(before + 1)
    const mail = world.smtp.kept.at(-1)
    expect(mail?.to?.[0]?.address).toBe('mia@acme.example')
    expect(mail?.text).toContain('    Where is my order 4711?')
    expect(mail?.text).toContain(`/cases/${asked.caseId}`)
    expect(asked.replyTo).toMatch(/^care\+answer-[a-z2-7]{32}@acme\.example$/)
  })

  test('answers that mail, and the customer gets the answer as hers, once', async () => {
    const asked = await askMia('Where is my order 4712?')
    const [answer] = await mailed(asked)
    await desk.run('mail-answer', { connectionId, answer })
    expect(await answersIn(asked.caseId)).toEqual([{ text: 'It leaves today.', name: 'Mia' }])
    await desk.sendAll()
    expect(world.smtp.kept.at(-1)).toMatchObject({ text: expect.stringContaining('It leaves today.') })
    const trail = await desk.rows('select actor, action from audit where subject_id = $1 order by number', [
      asked.caseId,
    ])
    expect(trail.at(-1)).toMatchObject({ actor: 'Mia', action: 'case.answered' })
  })

  test.each([
    ['another sender', { from: 'Eve <eve@example.org>' }, 'it came from another address than yours'],
    [
      'a sender whom our server refuted',
      { head: 'Authentication-Results: mx.acme.example; dmarc=fail header.from=acme.example\r\n' },
      'your mail server says that it is not from you',
    ],
    ['no words of its own', { text: '' }, 'it held no words of its own'],
  ])('is not believed with %s', async (_, more, reason) => {
    const asked = await askMia('Where is my order 4713?')
    await mailed(asked, more)
    expect(await answersIn(asked.caseId)).toEqual([])
    expect((await toldMia()).at(-1)).toBe(`A mail in your name was not sent: ${reason}.`)
  })

  test('finds the answer among her drafts where the customer said more meanwhile', async () => {
    const asked = await askMia('Where is my order 4714?')
    const [first] = await desk.rows(
      'select external_id, author_handle, identity_id from engagements where case_id = $1',
      [asked.caseId],
    )
    const [{ external_id: externalId }] = await desk.rows(
      'select external_id from identities where id = $1',
      [first.identity_id],
    )
    const author = { externalId, handle: 'jo@example.org', name: 'Jo' }
    await desk.arrive({ text: 'It came!', author, presence: ourAddress, parentExternalId: first.external_id })
    await mailed(asked)
    expect(await answersIn(asked.caseId)).toEqual([])
    expect((await toldMia()).at(-1)).toMatch(/^Your mail waits among your drafts: Something new was said/)
    const { body } = await desk.call('GET', `/cases/${asked.caseId}`, { as: mia })
    expect(body.draft).toBe('It leaves today.')
  })

  test('is asked too late a week on, or when she answers here no more', async () => {
    const asked = await askMia('Where is my order 4715?')
    await desk.rows(`update mail_asks set asked_at = asked_at - interval '8 days'`)
    await mailed(asked)
    expect((await toldMia()).at(-1)).toContain('seven days')
    const again = await askMia('Where is my order 4716?')
    await desk.rows(`update members set role = 'viewer' where name = 'Mia'`)
    await mailed(again)
    expect(await answersIn(again.caseId)).toEqual([])
  })

  test('a token that nobody gave does nothing', async () => {
    const token = 'a'.repeat(32)
    await mailed({ caseId: '', replyTo: `care+answer-${token}@acme.example`, messageId: '<x@y>' })
  })
})
