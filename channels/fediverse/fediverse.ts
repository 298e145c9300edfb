import type { Act, CanAct, Target } from '../acting.ts'
import type { Channel, Link, Plug } from '../channel.ts'
import { previewPost, usualRules } from '../post-length.ts'
import type { Ports } from '../ports.ts'
import { act, readBack } from './act.ts'
import { addressesOf, objectAddress, type Addresses } from './addresses.ts'
import { keysOf } from './actor-keys.ts'
import { check } from './check.ts'
import { deliverDue } from './deliver.ts'
import { findGone } from './find-gone.ts'
import { manifest } from './manifest.ts'
import { readActivity } from './read-activity.ts'
import { openSite } from './site.ts'

const leaseMs = 300_000
const roundMs = 20_000

/** An account of our own in the fediverse: what others run a server for, this installation is for its presences. */
export const fediverse: Plug = {
  manifest,
  open: (ports, _settings, link) => (link === null ? null : openFediverse(ports, link)),
  site: openSite,
}

function openFediverse(ports: Ports, link: Link): Channel {
  const own = addressesOf(link.hookUrl, (link.config.username ?? '').trim().toLowerCase())
  const max = Number(link.config.maxLength ?? '') || usualRules.max
  return {
    manifest,
    check: () => check(ports, own, link),
    subscribe: () => subscribe(ports, own),
    normalise: (event) => readActivity(event, own),
    reconcileDeletes: (externalIds) => findGone(ports, own, externalIds),
    canAct,
    preview: (text) => previewPost(text, { ...usualRules, max }),
    nameFor: (key) => objectAddress(own, key),
    async act(command, key) {
      const { target, what, text } = command
      const allowed = canAct(target, ports.clock.now(), what)
      if (!allowed.can) return { result: 'refused', error: 'target.forbidden', detail: allowed.reason }
      const [tooLong] = previewPost(text, { ...usualRules, max }).warnings
      if (tooLong !== undefined) return { result: 'refused', error: 'content.rejected', detail: tooLong }
      return act(ports, own, command, key)
    },
    readBack: (command, key) => readBack(ports, own, command, key),
  }
}

/** Others push to us as soon as the actor has its keys. Each renewal serves the inboxes that could not be served yet. */
async function subscribe(ports: Ports, own: Addresses) {
  await keysOf(ports.store, own)
  await deliverDue(ports, own, roundMs)
  return { until: ports.clock.now() + leaseMs }
}

function canAct(target: Target, _now: number, what: Act = 'reply'): CanAct {
  if (what === 'edit' || what === 'delete' || what === 'post') return { can: true }
  if (target.isOptedOut === true) return { can: false, reason: 'this person has blocked us', until: null }
  if (target.isParentGone === true && what !== 'notice') {
    return { can: false, reason: 'what is answered is gone', until: null, only: 'private' }
  }
  if (target.address === null)
    return { can: false, reason: 'nobody is known to whom this could go', until: null }
  const isNarrow = target.visibility === 'direct' || target.visibility === 'followers'
  if (what === 'share' && isNarrow) {
    return { can: false, reason: 'what was said in a small circle is not shared', until: null }
  }
  return target.visibility === 'direct' ? { can: true, note: 'Stays between the two of you.' } : { can: true }
}
