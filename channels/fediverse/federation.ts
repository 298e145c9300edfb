// fedify at work for the actors of this installation: it proves who sent what, and says who an actor is. It is given
// ways of reading that go through our ports, no queue and nothing to deliver, so that it opens no connection itself.
import type { Federation, KvStore } from '@fedify/fedify'
import type { SitePorts } from '../channel.ts'
import { sharedInboxPath } from './addresses.ts'
import { keysOf } from './actor-keys.ts'
import { BoundedMap } from './bounded-map.ts'
import { isObject } from './json.ts'
import { contextLoader, plainLoader, signedLoader } from './load-document.ts'
import type { Recipient } from './shared-inbox.ts'
import { takeActivity } from './take-activity.ts'

/** What one request brings along, and for which actors of ours: one, or those whom the shared inbox found. */
export interface Visit {
  readonly recipients: readonly [Recipient, ...Recipient[]]
  readonly body: Uint8Array
}

const users = '/fediverse/users/{identifier}' as const
const day = 86_400_000

/** Costs about 65 MB of memory once: only opened where somebody asks for an actor that exists. */
export async function openFederation(site: SitePorts): Promise<Federation<Visit>> {
  const [{ createFederation }, { preloadedContexts }] = await Promise.all([
    import('@fedify/fedify/federation'),
    import('@fedify/fedify/runtime'),
  ])
  const read = plainLoader(site)
  const contexts = contextLoader(read, preloadedContexts, site.clock.now)
  const federation = createFederation<Visit>({
    kv: cacheOf(site.clock.now),
    origin: new URL(site.publicUrl).origin,
    documentLoaderFactory: () => read,
    contextLoaderFactory: () => contexts,
    authenticatedDocumentLoaderFactory: () => read,
    manuallyStartQueue: true,
  })
  await describeActors(federation, site)
  await listen(federation, site)
  return federation
}

async function describeActors(federation: Federation<Visit>, site: SitePorts): Promise<void> {
  const { Endpoints, Image, Service } = await import('@fedify/fedify/vocab')
  federation
    .setActorDispatcher(users, async (context, user) => {
      const [{ link, own }] = context.data.recipients
      if (own.user !== user) return null
      const [key] = await context.getActorKeyPairs(user)
      const { name = user, summary = '', avatarUrl = '' } = link.config
      return new Service({
        id: new URL(own.actor),
        preferredUsername: user,
        name,
        summary,
        url: new URL(own.actor),
        inbox: new URL(own.inbox),
        outbox: new URL(`${own.actor}/outbox`),
        followers: new URL(own.followers),
        endpoints: new Endpoints({ sharedInbox: new URL(own.sharedInbox) }),
        manuallyApprovesFollowers: false,
        discoverable: true,
        ...(URL.canParse(avatarUrl) ? { icon: new Image({ url: new URL(avatarUrl) }) } : {}),
        ...(key === undefined ? {} : { publicKey: key.cryptographicKey }),
      })
    })
    .setKeyPairsDispatcher(async ({ data: { recipients } }) => {
      const [{ link, own }] = recipients
      return [await keysOf(site.portsOf(link).store, own)]
    })
}

/** What is proven reaches everyone it is for before the other server hears that it arrived. */
async function listen(federation: Federation<Visit>, site: SitePorts): Promise<void> {
  const { Activity } = await import('@fedify/fedify/vocab')
  federation
    .setInboxListeners(`${users}/inbox`, sharedInboxPath)
    .on(Activity, async (context, activity) => {
      const { recipients, body } = context.data
      const actorId = activity.actorId?.href
      if (actorId === undefined) throw new Error('nobody says this')
      async function readActorFor({ link, own }: Recipient) {
        const ports = site.portsOf(link)
        const signer = await activity.getActor({ ...context, documentLoader: signedLoader(ports, own) })
        const { contextLoader: contexts } = context
        const actor: unknown = await signer?.toJsonLd({ format: 'compact', contextLoader: contexts })
        if (!isObject(actor)) throw new Error('the actor cannot be read')
        return actor
      }
      for (const recipient of recipients) {
        const { link, own } = recipient
        const readActor = () => readActorFor(recipient)
        const arrival = { ports: site.portsOf(link), own, body, actorId, readActor }
        await takeActivity(arrival, (events) => site.keep(link, events))
      }
    })
    .onUnverifiedActivity((_context, _activity, reason) => {
      // Their own server was not to be reached: they may send it again.
      const isLost =
        reason.type === 'keyFetchError' && !('status' in reason.result && reason.result.status < 500)
      return isLost ? new Response('the key cannot be read now', { status: 503 }) : undefined
    })
    .onError((_context, error) => site.log.warn({ error: error.message }, 'an activity was not taken'))
}

/** Remembers keys that were proven and activities that were taken; never that something failed. */
function cacheOf(now: () => number): KvStore {
  const kept = new BoundedMap<unknown>(10_000, now)
  return {
    get: async <Value>(key: readonly string[]) => kept.get(key.join('\n')) as Value | undefined,
    set: async (key, value, options) => {
      if (value === null || key.includes('__fetchError')) return
      kept.set(key.join('\n'), value, options?.ttl?.total('milliseconds') ?? day)
    },
    delete: async (key) => kept.delete(key.join('\n')),
    async *list() {},
  }
}
