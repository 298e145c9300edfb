import type { CanAct, Command } from '../acting.ts'
import type { Channel, Checked, Link, Plug, Site, SitePorts } from '../channel.ts'
import type { Ports } from '../ports.ts'
import { previewText } from '../text-length.ts'
import { answerPage, prefix, readAnswer } from './answer-page.ts'
import { askPage } from './fetch-page.ts'
import { absolute } from './page-links.ts'
import { normaliseMention, receiveMention } from './receive-mention.ts'
import { answerUrl, change, problemOf, readBack, send, type Sending } from './send-mention.ts'
import { manifest } from './webmention-manifest.ts'

/** Pages that link to ours tell so; our answers are pages of ours that tell theirs. */
export const webmention: Plug = {
  manifest,
  open: (ports, _settings, link) => (link === null ? null : openWebmention(ports, link)),
  site: openSite,
}

function openWebmention(ports: Ports, link: Link): Channel {
  const site = absolute(link.config['site'] ?? '', 'https://x.invalid/')
  const handle = link.account?.handle ?? ''
  const sending: Sending = { ports, origin: new URL(link.hookUrl).origin, handle }
  const ours = [...(site === null ? [] : [site]), answerUrl(sending, '')]
  return {
    manifest,
    check: () => check(ports, site, link.hookUrl),
    receive: (request) => receiveMention({ ports, ours, presence: handle }, request),
    normalise: normaliseMention,
    reconcileDeletes: (externalIds) => goneOf(ports, externalIds),
    canAct: (target, _now, act = 'reply') => canAct(target, act),
    preview: (text) => previewText(text, manifest.text),
    nameFor: () => null,
    act: (command, key) => act(sending, command, key),
    readBack: (_command, key) => readBack(sending, key),
  }
}

function canAct(target: Command['target'], act: Command['what']): CanAct {
  if (act === 'edit' || act === 'delete') {
    const has = (target.ownExternalIds?.length ?? 0) > 0
    return has ? { can: true } : { can: false, reason: 'nothing of ours is named', until: null }
  }
  if (act === 'notice' || act === 'post')
    return { can: false, reason: 'only pages that mention us are answered', until: null }
  const problem = problemOf(target)
  if (problem !== null) return { can: false, reason: problem, until: null }
  return { can: true, note: 'The answer stands on a page of ours, and theirs is told of it.' }
}

async function act(sending: Sending, command: Command, key: string) {
  const allowed = canAct(command.target, command.what)
  if (!allowed.can)
    return { result: 'refused', error: 'target.forbidden', detail: `${allowed.reason}.` } as const
  const { length, max } = previewText(command.text, manifest.text)
  if (max !== null && length > max) {
    return { result: 'refused', error: 'content.rejected', detail: 'Longer than an answer may be.' } as const
  }
  if (command.what === 'edit' || command.what === 'delete') return change(sending, command)
  return send(sending, command, key)
}

async function check(ports: Ports, site: string | null, hookUrl: string): Promise<Checked> {
  if (site === null) return { state: 'misconfigured', detail: 'This is no address of a site.' }
  const answer = await askPage(ports, { url: site, maxBytes: 1024 * 1024 }).catch(() => null)
  if (answer === null) return { state: 'unreachable', detail: 'The site cannot be reached.' }
  const { host, pathname, origin } = new URL(site)
  const isNamed = answer.body.includes(hookUrl)
  return {
    state: 'ok',
    account: {
      id: site.slice(0, 512),
      handle: `${host}${pathname}`.replace(/\/$/, ''),
      name: host,
      url: origin,
      avatarUrl: null,
    },
    detail: isNamed
      ? 'The site names this endpoint for webmentions.'
      : `The site does not name its endpoint yet: put <link rel="webmention" href="${hookUrl}"> into its pages.`,
    permissions: [],
  }
}

async function goneOf(ports: Ports, pages: readonly string[]): Promise<readonly string[]> {
  const gone: string[] = []
  for (const url of pages) {
    const answer = await ports.http
      .fetch({ url, timeoutMs: 8_000, maxBytes: 2 * 1024 * 1024 })
      .catch(() => null)
    if (answer?.status === 404 || answer?.status === 410) gone.push(url)
  }
  return gone
}

/** The pages on which our answers stand. */
function openSite(ports: SitePorts): Site {
  return {
    prefixes: [prefix],
    async handle(request) {
      const url = new URL(request.url)
      const [handle = '', name = '', ...more] = url.pathname.slice(prefix.length).split('/')
      const link = more.length > 0 ? null : await ports.linkOf(decode(handle))
      const answer = link === null ? null : await readAnswer(ports.portsOf(link).store, name)
      if (link === null || answer === null) return page(404, 'There is nothing here.')
      if (answer.isGone) return page(410, 'This answer was taken back.')
      const address = answerUrl({ ports, origin: new URL(link.hookUrl).origin, handle: decode(handle) }, name)
      return page(200, answerPage(answer, address, link.hookUrl))
    },
  }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return ''
  }
}

function page(status: number, body: string): Response {
  return new Response(body, {
    status,
    headers: {
      'content-type': status === 200 ? 'text/html; charset=utf-8' : 'text/plain; charset=utf-8',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
      'x-content-type-options': 'nosniff',
    },
  })
}
