import { ChannelFailure, type Channel, type Link, type Plug } from '../channel.ts'
import type { Ports } from '../ports.ts'
import { act, readBack } from './act.ts'
import { names, uriOf } from './at-uri.ts'
import { backfill } from './backfill.ts'
import { canAct } from './can-act.ts'
import { findGone } from './find-post.ts'
import { beginOfFirehose } from './begin-firehose.ts'
import { listenToFirehose } from './firehose.ts'
import { manifest } from './manifest.ts'
import { normalise } from './normalise.ts'
import { pollNotifications } from './notifications.ts'
import { recordKey } from './record-key.ts'
import { check, firehoseOf, refresh } from './session.ts'
import { previewText } from './split-text.ts'

/** Bluesky and other servers of the AT Protocol, by an account of ours and its app password. */
export const bluesky: Plug = {
  manifest,
  open(ports, _settings, link) {
    return link === null ? null : openBluesky(ports, link)
  },
}

/** Listens by the firehose where one is given, else by notifications. */
function openBluesky(ports: Ports, link: Link): Channel {
  const us = link.account?.id ?? null
  const place = firehoseOf(link)
  const channel: Channel = {
    manifest: place === null ? { ...manifest, listens: ['poll'] } : manifest,
    check: () => check(ports, link),
    refresh: () => refresh(ports, link),
    poll: (cursor, limit) => pollNotifications(ports, link, { cursor, limit }),
    backfill: (cursor, limit) => backfill(ports, link, { cursor, limit }),
    normalise: (event) => normalise(link, event),
    reconcileDeletes: (externalIds) => findGone(ports, link, externalIds),
    canAct: (target, _now, what) => canAct(target, what),
    preview: previewText,
    nameFor: (key) => (us === null ? null : uriOf({ did: us, collection: names.post, rkey: recordKey(key) })),
    act: (command, key) => act(ports, link, command, key),
    readBack: (command, key) => readBack(ports, link, command, key).catch(cannotSay),
  }
  if (place === null) return channel
  return {
    ...channel,
    begin: (signal) => beginOfFirehose(ports, place, signal),
    stream: (cursor, signal) => listenToFirehose(ports, link, place, { cursor, signal }),
  }
}

function cannotSay(error: unknown): 'cannot-say' {
  if (error instanceof ChannelFailure) return 'cannot-say'
  throw error
}
