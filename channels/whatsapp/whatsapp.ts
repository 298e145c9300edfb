import { failureOf, type Asked } from '../ask-json.ts'
import type { Channel, Checked, HookRequest, Lease, Link, Plug, Received } from '../channel.ts'
import type { Ports } from '../ports.ts'
import { previewText } from '../text-length.ts'
import { act, canAct } from './act.ts'
import { fileOf, readFile } from './files.ts'
import { isObject } from '../read-json.ts'
import { openGraph, type Graph } from './graph.ts'
import { manifest } from './manifest.ts'
import { readEvent } from './read-event.ts'
import { receivePush, verifyToken } from './receive.ts'
import { listTemplates } from './templates.ts'

/** A phone number on WhatsApp's Cloud API: hears by pushes, answers within 24 hours, then by template. */
export const whatsapp: Plug = {
  manifest,
  open: (ports, _settings, link) => (link === null ? null : openWhatsapp(ports, link)),
}

function openWhatsapp(ports: Ports, link: Link): Channel {
  const graph = openGraph(ports, link)
  return {
    manifest,
    check: () => check(graph),
    subscribe: () => subscribe(graph, link),
    unsubscribe: () => pointHook(graph, { override_callback_uri: '' }),
    receive: (request) => receive(graph, link, request),
    normalise: (event) => (event.facts?.['file'] === undefined ? readEvent(event) : readFile(event)),
    templates: () => listTemplates(graph),
    canAct,
    preview: (text) => previewText(text, manifest.text),
    nameFor: () => null,
    act: (command, key) => act(ports, graph, command, key),
    readBack: async () => 'cannot-say',
  }
}

async function check(graph: Graph): Promise<Checked> {
  const asked = await graph.get(`${graph.phone}?fields=id,display_phone_number,verified_name,quality_rating`)
  if (!asked.ok) return notWell(asked)
  const said = isObject(asked.body) ? asked.body : {}
  const { id, display_phone_number: shown, verified_name: name, quality_rating: quality } = said
  if (id !== graph.phone || typeof shown !== 'string') {
    return { state: 'misconfigured', detail: 'At this address is no phone number of WhatsApp.' }
  }
  const digits = shown.replaceAll(/\D/g, '')
  return {
    state: 'ok',
    account: {
      id: graph.phone,
      handle: `+${digits}`,
      name: typeof name === 'string' ? name : shown,
      url: `https://wa.me/${digits}`,
      avatarUrl: null,
    },
    detail: `Connected as ${shown}${typeof quality === 'string' ? `; Meta rates its quality ${quality}` : ''}.`,
    permissions: ['read and send messages of this number'],
  }
}

function notWell(asked: Extract<Asked, { ok: false }>): Checked {
  if (asked.error.startsWith('auth.')) return { state: 'needs-reauth', detail: asked.detail }
  if (asked.error === 'scope.missing') return { state: 'missing-scope', detail: asked.detail }
  if (asked.error === 'content.rejected' || asked.error === 'target.gone') {
    return { state: 'misconfigured', detail: 'Meta knows no phone number under this ID.' }
  }
  return { state: 'unreachable', detail: asked.detail }
}

/** The app hears the account, and this number's pushes come to a hook of its own. */
async function subscribe(graph: Graph, link: Link): Promise<Lease> {
  const asked = await graph.post(`${graph.business}/subscribed_apps`, {})
  if (!asked.ok) throw failureOf(asked)
  await pointHook(graph, { override_callback_uri: link.hookUrl, verify_token: verifyToken(link) })
  return { until: null }
}

async function pointHook(graph: Graph, to: object): Promise<void> {
  const asked = await graph.post(graph.phone, { webhook_configuration: to })
  if (asked.ok) return
  if (asked.error !== 'content.rejected') throw failureOf(asked)
  throw failureOf({
    ...asked,
    detail:
      'Meta did not reach our address. It pushes to https on a public name only: set PUBLIC_URL to that.',
  })
}

async function receive(graph: Graph, link: Link, request: HookRequest): Promise<Received> {
  const received = receivePush(link, request)
  if (received.result !== 'accept') return received
  const files = await Promise.all(received.events.map((event) => fileOf(graph, event)))
  return { result: 'accept', events: [...received.events, ...files.flat()] }
}
