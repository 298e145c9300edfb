import { z } from 'zod'
import type { CanAct, Command, Target } from '../acting.ts'
import type { Channel, Checked, Link, Plug } from '../channel.ts'
import type { Ports } from '../ports.ts'
import { previewText } from '../text-length.ts'
import { edit, readBack, remove, reply, targetProblem, toHtml } from './act.ts'
import { backfill, goneOf, poll, type Listening } from './listen.ts'
import { manifest, mostBytes } from './manifest.ts'
import { normalise } from './normalise.ts'
import { askApi, openApi, refusalOf, type Api } from './rest.ts'
import { commentId, userName } from './site.ts'

/** Comments of a WordPress site, by its REST API and an application password. */
export const wordpress: Plug = {
  manifest,
  open: (ports, _settings, link) => (link === null ? null : openWordPress(ports, link)),
}

function openWordPress(ports: Ports, link: Link): Channel | null {
  const api = openApi(ports, link)
  if (api === null) return misconfigured
  const { site } = api
  const approves = link.config['approves'] === 'true'
  const listening = (): Listening => ({
    api,
    me: link.account?.id.slice(userName(site, 0).length - 1) ?? '',
    presence: link.account?.handle ?? '',
    now: ports.clock.now(),
  })
  return {
    manifest,
    check: () => check(api),
    poll: (cursor, limit) => poll(listening(), cursor, limit),
    backfill: (cursor, limit) => backfill(listening(), cursor, limit),
    normalise: (event) => normalise(site, event),
    async reconcileDeletes(externalIds) {
      const named = externalIds.flatMap((name) => commentId(site, name) ?? [])
      const gone = await goneOf(api, named)
      return externalIds.filter((name) => gone.has(commentId(site, name) ?? 0))
    },
    canAct: (target, _now, act = 'reply') => canAct(target, act, approves),
    preview: (text) => ({ ...previewText(toHtml(text), manifest.text) }),
    nameFor: () => null,
    act: (command, key) => act(api, command, key, approves),
    readBack: (command, key) => readBack(api, command, key),
  }
}

function canAct(target: Target, act: Command['what'], approves: boolean): CanAct {
  if (act === 'edit' || act === 'delete') {
    if ((target.ownExternalIds?.length ?? 0) > 0) return { can: true }
    return { can: false, reason: 'nothing of ours is named', until: null }
  }
  if (act !== 'reply')
    return { can: false, reason: 'WordPress takes answers below a comment only', until: null }
  const problem = targetProblem(target)
  if (problem !== null) return { can: false, reason: problem, until: null }
  if (target.visibility !== 'unlisted') return { can: true }
  const note = approves
    ? 'This comment waits for approval; your answer approves it.'
    : 'This comment waits for approval: until then visitors see neither it nor what your answer refers to.'
  return { can: true, note }
}

async function act(api: Api, command: Command, key: string, approves: boolean) {
  const allowed = canAct(command.target, command.what, approves)
  if (!allowed.can)
    return { result: 'refused', error: 'target.forbidden', detail: `${allowed.reason}.` } as const
  const { length } = previewText(toHtml(command.text), manifest.text)
  if (length > mostBytes) {
    return { result: 'refused', error: 'content.rejected', detail: 'Longer than WordPress takes.' } as const
  }
  if (command.what === 'reply') return reply(api, command, key, approves)
  if (command.what === 'edit') return edit(api, command)
  return remove(api, command)
}

const Me = z.object({
  id: z.int().positive(),
  name: z.string().catch(''),
  slug: z.string().catch(''),
  link: z.string().nullable().catch(null),
  avatar_urls: z.record(z.string(), z.string()).catch({}),
  capabilities: z.record(z.string(), z.unknown()).catch({}),
})

async function check(api: Api): Promise<Checked> {
  const query = { context: 'edit', _fields: 'id,name,slug,link,avatar_urls,capabilities' }
  const answer = await askApi(api, { route: '/wp/v2/users/me', query }).catch(() => null)
  if (answer === null) return { state: 'unreachable', detail: 'The site cannot be reached.' }
  const refusal = refusalOf(answer)
  if (answer.status === 401) {
    return {
      state: 'needs-reauth',
      detail: `The site refuses the application password: ${refusal?.message ?? ''}`,
    }
  }
  if (answer.status === 403) {
    return { state: 'missing-scope', detail: `The site refuses this user: ${refusal?.message ?? ''}` }
  }
  if (answer.status >= 500 || answer.status === 429) {
    return { state: 'unreachable', detail: `The site is out of order (status ${answer.status}).` }
  }
  const me = Me.safeParse(answer.json)
  if (!me.success)
    return { state: 'misconfigured', detail: 'There is no WordPress with its REST API at this address.' }
  return found(api, me.data)
}

function found({ site }: Api, me: z.infer<typeof Me>): Checked {
  const may = (what: string): boolean => me.capabilities[what] === true
  if (!may('edit_posts')) {
    return {
      state: 'missing-scope',
      detail: 'This user may only read; it needs the role Editor, or at least Author.',
    }
  }
  const isModerator = may('moderate_comments')
  const detail = isModerator
    ? 'Comments come in as they are written, those that wait for approval too.'
    : 'Comments come in once they are approved: this user may not moderate.'
  return {
    state: 'ok',
    account: {
      id: userName(site, me.id),
      handle: `${me.slug}@${site.key}`,
      name: me.name,
      url: me.link,
      avatarUrl: Object.values(me.avatar_urls).at(-1) ?? null,
    },
    detail,
    permissions: ['edit_posts', ...(isModerator ? ['moderate_comments'] : [])],
  }
}

const problem = 'The address must be that of a WordPress site, with https, and a user must be named.'

/** A link that leads nowhere; its check says why. */
const misconfigured: Channel = {
  manifest,
  check: async () => ({ state: 'misconfigured', detail: problem }),
  canAct: () => ({ can: false, reason: problem, until: null }),
  preview: (text) => previewText(text, manifest.text),
  nameFor: () => null,
  act: async () => ({ result: 'refused', error: 'target.forbidden', detail: problem }),
  readBack: async () => 'cannot-say',
}
