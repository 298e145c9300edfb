// The peer as a process of its own: a server of the fediverse with customers on it, told what to do over the channel
// to its parent. It loads the package that somebody else wrote, and nothing of Horseshoe.
import './before-start.mjs'
import { makeApp, Bot } from '@evanp/activitypub-bot'

const [port, origin] = process.argv.slice(2)
const everybody = 'https://www.w3.org/ns/activitystreams#Public'

/** What reached a customer, by the address of the thing. */
class Customer extends Bot {
  inbox = new Map()
  context = null
  get type() {
    return 'Person'
  }

  async initialize(context) {
    await super.initialize(context)
    this.context = context
  }

  async handleActivity(activity) {
    this.#take(await activity.export({ useOriginalContext: true }))
    return false
  }

  #take({ type, object }) {
    const [thing] = [object].flat()
    const id = typeof thing === 'string' ? thing : thing?.id
    if (type === 'Delete') this.inbox.delete(id)
    if (type === 'Create' || (type === 'Update' && this.inbox.has(id))) this.inbox.set(id, thing)
  }
}

const first = new Customer('first')
const bots = { first }
const app = await makeApp({
  databaseUrl: 'sqlite::memory:',
  origin,
  bots,
  logLevel: process.env.PEER_LOG ?? 'silent',
  allowPrivateNetworkRequests: true,
})

const commands = {
  async newCustomer({ user, name }) {
    bots[user] = new Customer(user, { fullname: name })
    await bots[user].initialize(await first.context.duplicate(user))
  },
  async say({ user, text, to, isPrivate, inReplyTo, attachment }) {
    const { context } = bots[user]
    const audience = isPrivate ? [to] : [everybody, to]
    if (attachment === undefined) {
      return (await context.sendNote(text, { to: audience, ...(inReplyTo ? { inReplyTo } : {}) })).id
    }
    const id = `${origin}/user/${user}/note/${crypto.randomUUID()}`
    const object = {
      id,
      type: 'Note',
      attributedTo: `${origin}/user/${user}`,
      to: audience,
      content: text,
      attachment,
    }
    await context.doActivity({
      type: 'Create',
      to: audience,
      object: { ...object, published: new Date().toISOString() },
    })
    return id
  },
  async like({ user, id }) {
    const { context } = bots[user]
    await context.likeObject(await context.getObject(id))
  },
  async unlike({ user, id }) {
    const { context } = bots[user]
    await context.unlikeObject(await context.getObject(id))
  },
  async share({ user, id }) {
    const { context } = bots[user]
    await context.announceObject(await context.getObject(id))
  },
  async edit({ user, id, text }) {
    const { context } = bots[user]
    await context.updateNote(await context.getObject(id), `<p>${text}</p>`)
  },
  async remove({ user, id }) {
    const { context } = bots[user]
    await context.deleteNote(await context.getObject(id))
  },
  async follow({ user, id }) {
    const { context } = bots[user]
    await context.followActor(await context.getObject(id))
  },
  async unfollow({ user, id }) {
    const { context } = bots[user]
    await context.unfollowActor(await context.getObject(id))
  },
  async isFollowing({ user, id }) {
    const { context } = bots[user]
    return context.isFollowing(await context.getObject(id))
  },
  /** A Block that is told to whom it meets, as Mastodon does. */
  async block({ user, id }) {
    const { context } = bots[user]
    await context.doActivity({ type: 'Block', object: id, to: [id] })
    await context.blockActor(await context.getObject(id))
  },
  /** What a customer sees when they open an address: as their server fetches it for them. */
  async open({ user, id }) {
    const found = await bots[user].context.getObject(id)
    return found === null || found === undefined ? null : found.export({ useOriginalContext: true })
  },
  async inbox({ user }) {
    return [...bots[user].inbox.values()]
  },
}

process.on('message', ({ call, name, given }) => {
  commands[name](given).then(
    (result) => process.send({ call, result }),
    (error) => process.send({ call, error: String(error?.stack ?? error) }),
  )
})
process.on('disconnect', () => process.exit(0))

const server = app.listen(Number(port), '127.0.0.1', () => process.send({ isUp: true }))
// What waits to be tried again is looked for when something new is asked; a quiet peer would sleep for half a minute.
const nudge = () => first.context.doActivity({ type: 'View', object: origin, to: `${origin}/user/first` })
setInterval(() => nudge().catch(() => {}), 500).unref()
server.on('error', (error) => {
  console.error(error)
  process.exit(1)
})
