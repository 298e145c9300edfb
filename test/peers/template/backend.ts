// The twin of the notice board of channels/template: the smallest network there can be.
import type { Backend, Customer, Said, Seen } from '../../../channels/conformance/backend.ts'
import { template } from '../../../channels/template/template.ts'
import { openTestPorts } from '../../ports.ts'
import { openChassis, type Call, type Network, type TwinAnswer } from '../twins/chassis.ts'

interface Notice {
  readonly kind: 'notice'
  readonly seq: number
  readonly id: string
  readonly author: { readonly id: string; readonly name: string }
  readonly text: string
  readonly below: string | null
  readonly at: string
}

const us = { id: 'board-1', name: 'Horseshoe', handle: 'horseshoe' }
const json = (status: number, body: unknown): TwinAnswer => ({ status, body })

export async function openTemplateBackend(): Promise<Backend> {
  const notices: Notice[] = []
  let clock = { now: () => Date.now() }
  function pin(author: Notice['author'], text: string, below: string | null, id?: string): Notice {
    const seq = notices.length + 1
    const at = new Date(clock.now()).toISOString()
    const notice: Notice = { kind: 'notice', seq, id: id ?? `n${seq}`, author, text, below, at }
    notices.push(notice)
    return notice
  }
  function answer({ method, path, query, headers, body }: Call): TwinAnswer {
    if (chassis.tokenFault() !== null || headers['authorization'] !== 'Bearer t0ken') return json(401, {})
    if (path === '/account') return json(200, us)
    if (path === '/notices') {
      const after = notices.filter(({ seq }) => seq > Number(query['after']))
      const page = after.slice(0, Number(query['limit']))
      return json(200, { notices: page, more: after.length > page.length })
    }
    const id = path.replace('/notices/', '')
    const found = notices.find((notice) => notice.id === id)
    if (method === 'GET') return found === undefined ? json(404, {}) : json(200, found)
    const { text, below } = JSON.parse(body.toString('utf8')) as { text: string; below: string }
    if ([...text].length > 500) return json(422, {})
    return json(200, found ?? pin(us, text, below, id))
  }
  const chassis = await openChassis((moving): Network => {
    clock = moving
    return { answer, refuse: (status, headers) => ({ status, headers, body: { error: status } }) }
  })
  function newCustomer(name: string): Customer {
    const author = { id: `visitor-${name}-${notices.length}`, name }
    const mine = (): readonly Notice[] => notices.filter((notice) => notice.author.id === author.id)
    return {
      handle: author.id,
      name,
      say: async (text): Promise<Said> => ({ externalId: pin(author, text, null).id }),
      reply: async (to, text): Promise<Said> => ({ externalId: pin(author, text, to.externalId).id }),
      inbox: async (): Promise<readonly Seen[]> =>
        notices
          .filter((notice) => notice.author.id === us.id && mine().some(({ id }) => id === notice.below))
          .map(({ text, below }) => ({ text, below, isPrivate: false })),
    }
  }
  return {
    kind: 'twin',
    plug: template,
    ports: openTestPorts({ trusted: [chassis.hostPort], now: chassis.now }),
    settings: { smtp: undefined },
    link: {
      id: 'template',
      account: { ...us, url: null, avatarUrl: null },
      config: { url: chassis.url },
      secrets: { token: 't0ken' },
      hookUrl: `${chassis.url}/hook`,
    },
    newCustomer: async (name) => newCustomer(name),
    fault: chassis.fault,
    wait: chassis.wait,
    accepts: async (text) => [...text].length <= 500,
    close: chassis.close,
  }
}
