import type { Ports } from '../ports.ts'
import type { Addresses } from './addresses.ts'
import { parseObject, typeOf } from './json.ts'
import { signedRequest } from './signed-request.ts'

/** Which of these their own servers say are gone. A server that is down says nothing. */
export async function findGone(
  ports: Ports,
  own: Addresses,
  ids: readonly string[],
): Promise<readonly string[]> {
  const gone: string[] = []
  for (const id of ids) {
    if (URL.canParse(id) && (await isGone(ports, own, id))) gone.push(id)
  }
  return gone
}

async function isGone(ports: Ports, own: Addresses, url: string): Promise<boolean> {
  try {
    const { status, body } = await signedRequest(ports, own, { url })
    if (status === 404 || status === 410) return true
    return status === 200 && typeOf(parseObject(body.toString('utf8'))) === 'Tombstone'
  } catch {
    return false
  }
}
