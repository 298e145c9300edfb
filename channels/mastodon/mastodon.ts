import type { Act, CanAct, Preview, Target } from '../acting.ts'
import type { Channel, Link, Plug } from '../channel.ts'
import { previewPost, usualRules, type PostRules } from '../post-length.ts'
import type { Ports } from '../ports.ts'
import { act, readBack } from './act.ts'
import { apiOf, type Api } from './api.ts'
import { check } from './check.ts'
import { backfill, findGone, poll, stream } from './listen.ts'
import { manifest } from './manifest.ts'
import { readEvent } from './read-event.ts'

/** `@`, a name of at most 30 and a space: an answer names whom it is for, and nobody knows yet who that will be. */
const nameLength = 32

/** An account on a server of somebody else, by the client API of Mastodon. */
export const mastodon: Plug = {
  manifest,
  open(ports: Ports, _settings, link: Link | null) {
    const api = link === null ? null : apiOf(ports, link)
    return api === null ? null : openMastodon(api)
  },
}

function openMastodon(api: Api): Channel {
  const { ports } = api
  const max = Number(api.link.config.maxLength ?? '') || usualRules.max
  const rules: PostRules = { ...usualRules, max }
  return {
    manifest,
    check: () => check(api, rules),
    poll: (cursor, limit) => poll(api, cursor, limit),
    stream: (cursor, signal) => stream(api, cursor, signal),
    backfill: (cursor, limit) => backfill(api, cursor, limit),
    normalise: (event) => readEvent(api, event),
    reconcileDeletes: (names) => findGone(api, names),
    canAct,
    preview: (text) => preview(text, rules),
    nameFor: () => null,
    async act(command, key) {
      const allowed = canAct(command.target, ports.clock.now(), command.what)
      if (!allowed.can) return { result: 'refused', error: 'target.forbidden', detail: allowed.reason }
      const [tooLong] = preview(command.text, rules).warnings
      if (tooLong !== undefined) return { result: 'refused', error: 'content.rejected', detail: tooLong }
      return act(api, command, key, rules)
    },
    readBack: (command, key) => readBack(api, command, key),
  }
}

function preview(text: string, rules: PostRules): Preview {
  return previewPost(text, { ...rules, max: rules.max - nameLength })
}

function canAct(target: Target, _now: number, what: Act = 'reply'): CanAct {
  if (what === 'edit' || what === 'delete' || what === 'post') return { can: true }
  if (target.isOptedOut === true) return { can: false, reason: 'this person has blocked us', until: null }
  if (target.isParentGone === true && what !== 'notice') {
    return { can: false, reason: 'what is answered is gone', until: null, only: 'private' }
  }
  if (what !== 'notice' && target.parentExternalId === null) {
    return { can: false, reason: 'there is nothing that could be answered', until: null }
  }
  if (target.address === null)
    return { can: false, reason: 'nobody is known to whom this could go', until: null }
  const isNarrow = target.visibility === 'direct' || target.visibility === 'followers'
  if (what === 'share' && isNarrow) {
    return { can: false, reason: 'what was said in a small circle is not shared', until: null }
  }
  return target.visibility === 'direct' ? { can: true, note: 'Stays between the two of you.' } : { can: true }
}
