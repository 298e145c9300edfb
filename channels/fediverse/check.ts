import type { Account, Checked, Link } from '../channel.ts'
import type { Ports } from '../ports.ts'
import { isUserName, type Addresses } from './addresses.ts'
import { parseObject } from './json.ts'

/** Whether other servers can reach this actor. Reads our own public address from outside; changes nothing. */
export async function check(ports: Ports, own: Addresses, link: Link): Promise<Checked> {
  if (!isUserName(own.user)) {
    return wrong('The name of the account has 1 to 30 small letters, digits or _.')
  }
  const { protocol, hostname } = new URL(own.origin)
  const isHere = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname)
  if (protocol !== 'https:' && !isHere) {
    return wrong(
      `Other servers only come by https, and the public address of this Horseshoe is ${own.origin}.`,
    )
  }
  const known = link.account?.id
  if (known !== undefined && known !== own.actor) {
    return wrong(`This account is known elsewhere as ${known}; its name and address cannot change.`)
  }
  const problem = await reach(ports, own)
  if (problem !== null) return { state: 'unreachable', detail: problem }
  const detail = `Found by other servers as @${own.handle}.`
  return { state: 'ok', account: accountOf(own, link), detail, permissions: [] }
}

function accountOf(own: Addresses, { config }: Link): Account {
  const { avatarUrl = '', name } = config
  return {
    id: own.actor,
    handle: own.handle,
    name: name ?? own.user,
    url: own.actor,
    avatarUrl: URL.canParse(avatarUrl) ? avatarUrl : null,
  }
}

function wrong(detail: string): Checked {
  return { state: 'misconfigured', detail }
}

async function reach({ http }: Ports, { origin }: Addresses): Promise<string | null> {
  const missing = `Nothing answers at ${origin}/.well-known/nodeinfo from outside`
  try {
    const { status, body } = await http.fetch({ url: `${origin}/.well-known/nodeinfo`, timeoutMs: 5_000 })
    const isOurs = status === 200 && body.includes(`${origin}/nodeinfo/`)
    if (isOurs && parseObject(body.toString('utf8')) !== null) return null
    return `${missing}: it says ${status}. The proxy in front of Horseshoe must hand on /.well-known/webfinger, /.well-known/nodeinfo, /nodeinfo/ and /fediverse/.`
  } catch (error) {
    return `${missing}: ${error instanceof Error ? error.message : 'no answer'}.`
  }
}
