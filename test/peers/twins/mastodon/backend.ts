import assert from 'node:assert/strict'
import type { Backend, Customer, Said, Seen } from '../../../../channels/conformance/backend.ts'
import { mastodon } from '../../../../channels/mastodon/mastodon.ts'
import { openTestPorts } from '../../../ports.ts'
import { openChassis, type Chassis } from '../chassis.ts'
import { openMastodonContract } from './contract.ts'
import { MastodonNetwork, token } from './network.ts'
import { lengthOf, type Person, type Post, us } from './state.ts'

export interface MastodonBackend extends Backend {
  readonly network: MastodonNetwork
  readonly chassis: Chassis
  newCustomer(name: string): Promise<MastodonCustomer>
}

export interface MastodonCustomer extends Customer {
  readonly person: Person
  /** Says something for a narrower circle. */
  sayTo(circle: 'public' | 'unlisted' | 'private' | 'direct', text: string, warning?: string): Promise<Said>
}

export async function openMastodonBackend(): Promise<MastodonBackend> {
  const contract = openMastodonContract()
  let network: MastodonNetwork | undefined
  let tokenFault: Chassis['tokenFault'] = () => null
  const chassis = await openChassis((clock) => {
    network = new MastodonNetwork(clock, contract, () => tokenFault())
    return network
  })
  assert(network)
  const side = network
  side.origin = chassis.url
  tokenFault = chassis.tokenFault
  const { host } = new URL(chassis.url)
  let people = 0
  return {
    kind: 'twin',
    network: side,
    chassis,
    plug: mastodon,
    ports: openTestPorts({ trusted: [chassis.hostPort], now: chassis.now }),
    settings: { smtp: undefined },
    link: {
      id: 'link-mastodon',
      account: {
        id: `${host}/${us.id}`,
        handle: `${us.username}@${side.host}`,
        name: us.name,
        url: `https://${side.host}/@care`,
        avatarUrl: `https://${side.host}/missing.png`,
      },
      config: { instance: chassis.url, maxLength: '500' },
      secrets: { accessToken: token },
      hookUrl: 'https://desk.example/hooks/mastodon/s3cret',
    },
    async newCustomer(name) {
      people += 1
      const username = `${name.split(' ')[0]?.toLowerCase()}${people}`
      // Every other one lives on another server.
      const acct = people % 2 === 0 ? username : `${username}@elsewhere.example`
      const person: Person = { id: String(5_000 + people), username, acct, name }
      side.people.set(person.id, person)
      side.followed.add(person.id)
      return newCustomer(side, person, host)
    },
    fault: chassis.fault,
    wait: chassis.wait,
    // Whoever is answered is named; with the longest name there can be.
    accepts: async (text) => lengthOf(`@${'n'.repeat(30)} ${text}`) <= 500,
    close: async () => {
      await chassis.close()
      assert.deepEqual(contract.broken, [], 'the contract of Mastodon was broken')
    },
  }
}

function newCustomer(network: MastodonNetwork, person: Person, host: string): MastodonCustomer {
  const named = ({ id }: Post): Said => ({ externalId: `${host}/${id}` })
  const find = ({ externalId }: Said): Post => {
    const post = network.posts.get(externalId.split('/')[1] ?? '')
    assert(post, `${externalId} is not there`)
    return post
  }
  const post = (text: string, circle: string, more: Partial<Post> = {}): Said =>
    named(
      network.add({
        by: person,
        text: `@care ${text}`,
        circle,
        parent: null,
        warning: '',
        boosted: null,
        mentions: [us],
        media: [],
        ...more,
      }),
    )
  return {
    person,
    handle: person.acct,
    name: person.name,
    say: async (text) => post(text, 'public'),
    sayTo: async (circle, text, warning = '') => post(text, circle, { warning }),
    reply: async (to, text) => post(text, 'public', { parent: find(to) }),
    direct: async (text) => post(text, 'direct'),
    attach: async (text, { name, mediaType }) => {
      const url = `https://${network.host}/media/${name}`
      const media = { id: network.nextId(), type: 'image', url, preview_url: url, description: mediaType }
      return post(text, 'public', { media: [media] })
    },
    like: async (what) => network.notify('favourite', person, find(what)),
    share: async (what) => network.notify('reblog', person, find(what)),
    edit: async (what, text) => network.edit(find(what), `@care ${text}`),
    remove: async (what) => network.remove(find(what)),
    inbox: async () =>
      [...network.posts.values()].filter((each) => reaches(each, person)).map((each) => seenOf(each, host)),
  }
}

/** Only who is named is told. */
function reaches({ by, mentions }: Post, person: Person): boolean {
  return by.id === us.id && mentions.some(({ id }) => id === person.id)
}

function seenOf({ text, parent, circle }: Post, host: string): Seen {
  return { text, below: parent === null ? null : `${host}/${parent.id}`, isPrivate: circle === 'direct' }
}
