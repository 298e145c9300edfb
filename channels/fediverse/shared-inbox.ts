// Servers bring what is for many of ours to one door, once. Whom it is for stands in the activity itself; what is addressed
// to nobody, such as a deletion, is for those of ours who know the one it is by.
import type { Link, SitePorts } from '../channel.ts'
import { addressesOf, isUserName, type Addresses } from './addresses.ts'
import { idOf, idsOf, isObject, listOf, parseObject, type Json } from './json.ts'
import { rememberedPerson } from './people.ts'

/** An actor of ours, with its connection. */
export interface Recipient {
  readonly link: Link
  readonly own: Addresses
}

const mostNamed = 100

/** Whom an activity that came to the shared inbox is for; nothing of it is proven yet. */
export async function recipientsOf(ports: SitePorts, body: Uint8Array): Promise<readonly Recipient[]> {
  const activity = parseObject(new TextDecoder().decode(body))
  const actor = idOf(activity?.actor)
  if (activity === null || actor === null) return []
  const { origin } = new URL(ports.publicUrl)
  const found: Recipient[] = []
  for (const user of usersNamed(activity, `${origin}/fediverse/users/`)) {
    const own = addressesOf(ports.publicUrl, user)
    const link = await ports.linkOf(own.handle)
    if (link !== null) found.push({ link, own })
  }
  return found.length > 0 ? found : acquainted(ports, actor)
}

/** Users of ours in every place that says whom a thing is for or what it is about. */
function usersNamed(activity: Json, start: string): readonly string[] {
  const objects = listOf(activity.object)
  const inner = objects.filter(isObject)
  const names = [activity, ...inner].flatMap((each) => [
    ...['to', 'cc', 'bto', 'bcc', 'audience', 'inReplyTo', 'object', 'target'].flatMap((key) =>
      idsOf(each[key]),
    ),
    ...listOf(each.tag).flatMap((tag) => (isObject(tag) && typeof tag.href === 'string' ? [tag.href] : [])),
  ])
  const users = names.filter((name) => name.startsWith(start)).map((name) => userOf(name.slice(start.length)))
  return [...new Set(users.filter(isUserName))].slice(0, mostNamed)
}

function userOf(path: string): string {
  return /^[^/#?]*/.exec(path)?.[0].toLowerCase() ?? ''
}

async function acquainted(ports: SitePorts, actor: string): Promise<readonly Recipient[]> {
  const found: Recipient[] = []
  for (const link of await ports.links()) {
    const user = (link.config.username ?? '').trim().toLowerCase()
    if (!isUserName(user) || (await rememberedPerson(ports.portsOf(link), actor)) === null) continue
    found.push({ link, own: addressesOf(ports.publicUrl, user) })
  }
  return found
}
