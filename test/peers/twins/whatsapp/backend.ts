import assert from 'node:assert/strict'
import type { Backend, Customer, Said, Seen } from '../../../../channels/conformance/backend.ts'
import { whatsapp } from '../../../../channels/whatsapp/whatsapp.ts'
import { openTestPorts } from '../../../ports.ts'
import { openChassis } from '../chassis.ts'
import type { Contract } from '../contract.ts'
import { openWhatsappContract } from './contract.ts'
import { ids, secrets, signed, WhatsappNetwork } from './network.ts'

export interface WhatsappBackend extends Backend {
  readonly network: WhatsappNetwork
  readonly contract: Contract
}

export async function openWhatsappBackend(aheadMs = 0): Promise<WhatsappBackend> {
  const contract = openWhatsappContract()
  let network: WhatsappNetwork | undefined
  const chassis = await openChassis((clock) => {
    network = new WhatsappNetwork(clock, contract, {
      tokenFault: () => chassis.tokenFault(),
      url: () => chassis.url,
    })
    return network
  }, aheadMs)
  assert(network)
  const side = network
  let lastNumber = 41_790_000_000
  return {
    kind: 'twin',
    network: side,
    contract,
    plug: whatsapp,
    ports: openTestPorts({ trusted: [chassis.hostPort], now: chassis.now }),
    settings: { smtp: undefined },
    link: {
      id: 'link-whatsapp',
      account: { id: ids.phone, handle: '+41446681800', name: 'Horseshoe', url: null, avatarUrl: null },
      config: { phone: ids.phone, business: ids.business, graph: `${chassis.url}/v23.0` },
      secrets,
      hookUrl: 'https://desk.example/hooks/whatsapp/s3cret',
    },
    newCustomer: async (name) => {
      lastNumber += 1
      return newCustomer(side, String(lastNumber), name)
    },
    onPush: (take) => side.pushes.to(take),
    onChallenge: (answer) => {
      side.challenge = answer
    },
    forge: (push) => {
      const body = Buffer.from(push.body)
      const altered = Buffer.from(body)
      altered[altered.length - 3] = (altered[altered.length - 3] ?? 0) ^ 1
      const spaced = Buffer.from(JSON.stringify(JSON.parse(body.toString('utf8')), null, 1))
      const header = (value: string) => ({
        ...push,
        headers: { ...push.headers, 'x-hub-signature-256': value },
      })
      const given = push.headers['x-hub-signature-256'] ?? ''
      return [
        { what: 'signed with a wrong secret', request: signed(body, 'another-secret') },
        { what: 'signed with the token', request: signed(body, secrets.token) },
        { what: 'with an altered byte', request: { ...push, body: altered } },
        { what: 'with the same words in other bytes', request: { ...push, body: spaced } },
        { what: 'without a signature', request: header('') },
        { what: 'with half a signature', request: header(given.slice(0, 30)) },
        { what: 'with a signature of the old kind', request: header(given.replace('sha256', 'sha1')) },
      ]
    },
    fault: chassis.fault,
    wait: chassis.wait,
    accepts: async (text) => text.length <= 4_096,
    close: async () => {
      side.pushes.close()
      await chassis.close()
      assert.deepEqual(contract.broken, [], 'the contract of WhatsApp was broken')
    },
  }
}

function newCustomer(network: WhatsappNetwork, number: string, name: string): Customer {
  network.people.set(number, name)
  const say = async (text: string, more: object = {}): Promise<Said> => ({
    externalId: network.heard(number, { type: 'text', text: { body: text }, ...more }),
  })
  return {
    handle: `+${number}`,
    name,
    say: (text) => say(text),
    direct: (text) => say(text),
    reply: (to, text) => say(text, { context: { from: ids.phone, id: to.externalId } }),
    like: async (what) => {
      network.heard(number, { type: 'reaction', reaction: { message_id: what.externalId, emoji: '👍' } })
    },
    block: async () => {
      network.blocked.add(number)
    },
    attach: async (text, file) => {
      const id = String(2_754_859_441_498_128 + network.files.size)
      network.files.set(id, { bytes: Buffer.from(file.bytes), mediaType: file.mediaType })
      const image = { id, mime_type: file.mediaType, sha256: 'of-no-matter', caption: text }
      return { externalId: network.heard(number, { type: 'image', image }) }
    },
    // Looking at it is reading it.
    inbox: async (): Promise<readonly Seen[]> => {
      const mine = network.arrived.filter(({ to }) => to === number)
      for (const each of mine) network.read(each)
      return mine.map(({ text, below }) => ({ text, below, isPrivate: true }))
    },
  }
}
