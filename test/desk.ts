import { openTestApi, type Person, type TestApi } from './api.ts'
import type { MailServer } from './peers/mail-server.ts'
import { channelsOf, manifests, smtpHosts } from '../server/channels.ts'
import { openEgress } from '../server/platform/egress/egress.ts'
import { answerHooks } from '../server/hooks.ts'
import { loopJobs } from '../server/loop.ts'
import { caseRoutes } from '../server/cases/routes.ts'
import { addFirstTree } from '../server/decisions/commands.ts'
import { acceptWithin, createIngest } from '../server/engagements/index.ts'
import { engagementRoutes } from '../server/engagements/routes.ts'
import { surveyRoutes } from '../server/outcomes/surveys/routes.ts'
import { inScope, systemScope } from '../server/platform/db/scope.ts'
import { newId } from '../server/platform/ids.ts'
import type { RunnableJob } from '../server/platform/jobs/jobs.ts'
import type { Platform } from '../server/platform/platform.ts'
import { addMember } from '../server/workspace/members/store.ts'
import { workspaceRoutes } from '../server/workspace/routes.ts'
import type { EngagementInput } from '../contract/engagement.ts'
import type { Role } from '../contract/policy.ts'
import type { OutboxParts } from '../server/replies/commands-prepare.ts'
import type { Connections } from '../server/replies/index.ts'
import { ownWebRoutes } from '../server/replies/own-web/routes.ts'
import { replyRoutes } from '../server/replies/routes.ts'

/** A workspace with a desk, its channels and the loop behind it; jobs run when the test says so. */
export interface Desk extends TestApi {
  readonly world: Platform
  readonly outbox: OutboxParts
  readonly workspaceId: string
  readonly slug: string
  readonly owner: Person
  run(job: string, payload?: Readonly<Record<string, unknown>>): Promise<void>
  /** Runs what waits for the outbox, as the workers would. */
  sendAll(): Promise<void>
  arrive(input: Partial<EngagementInput> & { readonly text: string }): Promise<string>
  addMember(name: string, role: Role): Promise<Person>
  /** The only row of a query, by the owner role. */
  // The tests look into rows of all shapes.
  // eslint-disable-next-line typescript/no-explicit-any
  rows(sql: string, values?: readonly unknown[]): Promise<any[]>
}

const functions = ['service', 'community', 'marketing', 'sales', 'pr', 'product']

/** `connections`: what the presences of the desk are connected to, where a test connects any. */
export async function openDesk(mail?: MailServer, connections?: Connections): Promise<Desk> {
  const own = connections === undefined ? {} : { connections }
  let world: Platform | undefined
  const smtp = mail === undefined ? undefined : { url: mail.url, from: 'care@acme.example' }
  const api = await openTestApi((platform) => {
    world = { ...platform, smtp, egress: openEgress({ trusted: smtpHosts(smtp) }) }
    return {
      workspace: workspaceRoutes(world, {
        onWorkspaceCreated: (db, scope) => addFirstTree(db, scope, functions, new Date()),
        functionsInUse: async () => [],
        loadSample: async () => 0,
      }),
      cases: caseRoutes(world),
      replies: replyRoutes({
        platform: world,
        channels: channelsOf(world),
        manifests,
        hooks: answerHooks,
        ...own,
      }),
      engagements: engagementRoutes(world, createIngest(world)),
      ownWeb: { ...ownWebRoutes({ platform: world, vouches: async () => false }), ...surveyRoutes(world) },
    }
  })
  if (world === undefined) throw new Error('no routes were made')
  const platform = world
  const owner = await api.signUp('owner@acme.example', 'Olga')
  await api.call('POST', '/workspaces', { as: owner, body: { name: 'Acme', timeZone: 'UTC' } })
  const { id: workspaceId, slug } = (await api.call('GET', '/workspace', { as: owner })).body
  const jobs = new Map<string, RunnableJob>(loopJobs(platform, connections).map((job) => [job.name, job]))
  async function rows(sql: string, values: readonly unknown[] = []) {
    return (await api.database.ownerPool.query(sql, [...values])).rows
  }
  async function run(name: string, payload: Readonly<Record<string, unknown>> = {}): Promise<void> {
    await jobs.get(name)?.run({ workspaceId, ...payload })
  }
  return {
    ...api,
    world: platform,
    outbox: { platform, channels: channelsOf(platform), chance: () => 0.5, ...own },
    workspaceId,
    slug,
    owner,
    rows,
    run,
    async sendAll() {
      const waiting = await rows(
        `select distinct e.thread_id from outbox o join engagements e on e.id = o.engagement_id where o.state = 'queued'`,
      )
      for (const { thread_id: threadId } of waiting) await run('send', { threadId })
    },
    async arrive(input) {
      const at = new Date(platform.clock.now())
      const whole = arrival(input, at)
      await inScope(api.database, systemScope(workspaceId), (db) =>
        acceptWithin(db, workspaceId, [whole], { via: 'api', now: at }),
      )
      await run('digest')
      const [found] = await rows('select id from engagements where external_id = $1', [whole.externalId])
      return found.id
    },
    async addMember(name, role) {
      const email = `${name.toLowerCase()}@acme.example`
      const person = await api.signUp(email, name)
      await inScope(api.database, systemScope(workspaceId), (db) =>
        addMember(
          db,
          workspaceId,
          { id: newId(), userId: person.userId, name, email, role, functions: [] },
          new Date(),
        ),
      )
      api.auth.forget()
      return person
    },
  }
}

function arrival(input: Partial<EngagementInput> & { readonly text: string }, at: Date): EngagementInput {
  return {
    type: 'Create',
    kind: 'Message',
    source: 'email',
    channel: 'email',
    externalId: `${newId()}@mail.example`,
    direction: 'in',
    author: { externalId: 'jo@example.org', handle: 'jo@example.org', name: 'Jo' },
    presence: 'help@acme.example',
    mentions: [],
    visibility: 'direct',
    subject: 'My order',
    media: [],
    publishedAt: at.toISOString(),
    automatic: false,
    ...input,
  }
}
