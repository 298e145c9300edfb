// The ports of a channel for tests: the house's real way outwards, which trusts the peers that a test started, and a
// store that lasts as long as the test.
import type { LinkStore, Ports } from '../channels/ports.ts'
import { openEgress } from '../server/platform/egress/egress.ts'

export interface TestPortsOptions {
  /** `host:port` of peers on this machine. */
  readonly trusted: readonly string[]
  readonly now?: () => number
}

export function openTestPorts({ trusted, now = Date.now }: TestPortsOptions): Ports {
  const egress = openEgress({ trusted })
  return {
    http: { fetch: egress.fetch, stream: egress.stream },
    socket: { connect: egress.connect, addressOf: egress.addressOf },
    websocket: { open: egress.websocket },
    store: memoryStore(),
    clock: { now },
    log: { warn: () => {} },
  }
}

export function memoryStore(): LinkStore {
  const kept = new Map<string, string>()
  return {
    get: async (key) => kept.get(key) ?? null,
    set: async (key, value) => void kept.set(key, value),
    delete: async (key) => void kept.delete(key),
    keys: async (prefix, after = '') =>
      [...kept.keys()]
        .filter((key) => key.startsWith(prefix) && key > after)
        .toSorted()
        .slice(0, 1_000),
  }
}
