import { randomUUID } from 'node:crypto'
import type { LivePresences } from './live-presences.ts'
import { addColleague, makeOwner, openClient, type HttpClient } from '../http-client.ts'

/** A workspace as it looks in the middle of a working day. */
export interface SampleWorld {
  readonly slug: string
  readonly owner: HttpClient
  /** The open case that the desk is shown with, and whose it is. */
  readonly caseId: string
  readonly personId: string
  /** A conversation by the contact form, answered and resolved. */
  readonly conversation: string
  readonly survey: string
  readonly invitation: string
}

const password = 'heron walks over slate'
const team = [
  { name: 'Amina Rahal', role: 'admin', functions: ['service'] },
  { name: 'Tomás Ferreira', role: 'agent', functions: ['service', 'community'] },
  { name: 'Ines Vogt', role: 'agent', functions: ['sales', 'marketing'] },
  { name: 'Jonas Lindqvist', role: 'contributor', functions: ['product'] },
] as const

interface Case {
  readonly id: string
  readonly number: number
  readonly person: { readonly id: string; readonly name: string }
  readonly channel: string
  readonly messages: number
  readonly lastActivityAt: string
}

/** Makes the owner and the sample, invites colleagues and lets them work a little. */
export async function bringToLife(url: string, link: string, live?: LivePresences): Promise<SampleWorld> {
  const mara = { name: 'Mara Lindner', email: 'mara@company.example', password }
  const { slug, client: owner } = await makeOwner(url, link, mara, {
    name: 'Tarnwheel',
    withSample: true,
  })
  const colleagues: HttpClient[] = []
  for (const { name, role, functions } of team) {
    const email = `${name.split(' ')[0]?.normalize('NFD').replace(/\W/g, '').toLowerCase()}@company.example`
    colleagues.push(await addColleague(url, owner, slug, { name, email, password, role, functions }))
  }
  await calm(owner)
  await tidyUp(owner)
  const shown = await work(owner, colleagues)
  await importHistory(owner)
  await live?.join(url, owner)
  const outside = await writeFromOutside(url, slug, owner)
  const input = { email: 'kai@company.example', role: 'viewer', functions: [] }
  const { link: invitation } = await owner.call('POST', '/invitations', input)
  return { slug, owner, caseId: shown.id, personId: await knownPerson(owner), invitation, ...outside }
}

/** Waits until everything that arrived is read and decided: the number of cases holds still. */
async function calm(client: HttpClient): Promise<void> {
  let before = -1
  for (let look = 0; look < 120; look += 1) {
    const { total } = await client.call('GET', '/cases?view=all&limit=1')
    if (total > 0 && total === before) return
    before = total
    await new Promise((done) => setTimeout(done, 1_000))
  }
}

async function openCases(
  client: HttpClient,
  query = 'view=open&sort=due&limit=60',
): Promise<readonly Case[]> {
  return (await client.call('GET', `/cases?${query}`)).items
}

/** Weeks of sample conversations would otherwise stand open; what is older than some days is resolved. */
async function tidyUp(owner: HttpClient): Promise<void> {
  const newest = await openCases(owner, 'view=open&sort=newest&limit=1')
  const until = Date.parse(newest[0]?.lastActivityAt ?? '') - 3 * 86_400_000
  for (;;) {
    const cases = await openCases(owner, 'view=open&sort=oldest&limit=100')
    const ids = cases.filter((item) => Date.parse(item.lastActivityAt) < until).map((item) => item.id)
    if (ids.length === 0) return
    const change = { to: 'status', status: 'resolved' }
    const { results } = await owner.call('POST', '/cases/bulk', { ids, change })
    if (results.every((each: { done: boolean }) => !each.done)) return
  }
}

/** Colleagues take cases, tag, write a note and hand over; answers the case that the desk is shown with. */
async function work(owner: HttpClient, colleagues: readonly HttpClient[]): Promise<Case> {
  const { items: members } = await owner.call('GET', '/members')
  const cases = await openCases(owner)
  for (const [index, item] of cases.slice(0, 24).entries()) {
    const member = members[index % (members.length + 1)]
    if (member !== undefined) await owner.call('POST', `/cases/${item.id}/assign`, { memberId: member.id })
    const tag = [undefined, 'delivery', undefined, 'refund', undefined, 'vip', undefined][index % 7]
    if (tag !== undefined) await owner.call('PUT', `/cases/${item.id}/tags`, { tags: [tag] })
  }
  const [amina, tomas] = colleagues
  const shown = cases.slice(0, 12).find((each) => each.messages > 2) ?? cases[0]
  const other = cases.find((each) => each !== shown)
  if (amina === undefined || tomas === undefined || shown === undefined || other === undefined)
    throw new Error('The sample workspace has too few open cases.')
  const mara = members.find((each: { name: string }) => each.name === 'Mara Lindner')
  const text =
    '@Mara Lindner I asked the workshop, and hear back by four. Please do not promise a day before.'
  await tomas.call('POST', `/cases/${shown.id}/notes`, { text, mentions: [mara.id] })
  const reason = 'The same fault as last week.'
  await amina.call('POST', `/cases/${other.id}/hand-over`, { function: 'product', reason })
  return shown
}

/** A small file, one line of which cannot be read. */
async function importHistory(owner: HttpClient): Promise<void> {
  const lines = [
    'id,time,direction,author,author_name,presence,channel,parent,text',
    '1001,2026-08-04T10:12:00+02:00,in,u-77,Ann Berg,tarnwheel,twitter,,Where is my parcel?',
    '1002,2026-08-04T10:20:00+02:00,out,tarnwheel,,tarnwheel,twitter,1001,On its way: it arrives today.',
    '1003,yesterday,in,u-78,Ole Lund,tarnwheel,twitter,,Thank you!',
  ]
  await owner.upload('/imports?format=csv&name=august.csv', `${lines.join('\n')}\n`)
  await until(async () => {
    const { items } = await owner.call('GET', '/imports')
    return items.some((run: { state: string }) => run.state === 'done') || undefined
  })
}

/** Somebody whom we know from several channels. */
async function knownPerson(owner: HttpClient): Promise<string> {
  const { items } = await owner.call('GET', '/people?limit=60')
  const known: readonly { readonly id: string; readonly channels: readonly string[] }[] = items
  const most = known.toSorted((one, other) => other.channels.length - one.channels.length)[0]
  if (most === undefined) throw new Error('The sample workspace has no people.')
  return most.id
}

/** Somebody outside writes by the contact form; we answer and resolve. */
async function writeFromOutside(
  url: string,
  slug: string,
  owner: HttpClient,
): Promise<{ readonly conversation: string; readonly survey: string }> {
  const { token } = await openClient(url).call('POST', `/public/${slug}/conversations`, {
    name: 'Leonie Brandt',
    text: 'Hello, my Tarn One arrived with a broken lamp. The rest is fine. Could you send me only a new lamp?',
    key: randomUUID(),
  })
  const item = await until(async () =>
    (await openCases(owner, 'view=open&sort=newest&limit=20')).find(
      (each) => each.person.name === 'Leonie Brandt',
    ),
  )
  const answer = {
    text: 'Hello Leonie, of course: a new lamp leaves our workshop tomorrow and should be with you on Monday. Four screws hold it; if you would rather not, any of our shops does it while you wait.',
    key: randomUUID(),
    lastSeenEngagementId: null,
    sendAnyway: true,
    then: 'resolved',
  }
  await owner.call('POST', `/cases/${item.id}/answers`, answer)
  const survey = await until(async () => {
    const read = await openClient(url)
      .call('GET', `/public/conversations/${token}`)
      .catch(() => null)
    return read?.survey?.token
  })
  return { conversation: token, survey }
}

async function until<Result>(look: () => Promise<Result | undefined>): Promise<Result> {
  for (let tries = 0; tries < 120; tries += 1) {
    const found = await look()
    if (found !== undefined) return found
    await new Promise((done) => setTimeout(done, 500))
  }
  throw new Error('What was waited for did not come within a minute.')
}
