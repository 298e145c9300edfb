// The keys of an actor: made once and never changed, because other servers keep the public one.
import type { LinkStore } from '../ports.ts'
import type { Addresses } from './addresses.ts'

export interface ActorKeys {
  readonly privateKey: CryptoKey
  readonly publicKey: CryptoKey
}

const algorithm = {
  name: 'RSASSA-PKCS1-v1_5',
  modulusLength: 2048,
  publicExponent: new Uint8Array([1, 0, 1]),
  hash: 'SHA-256',
}

/** Two who ask at once within a process get the same; the core's first `subscribe` makes them before anybody asks. */
const asked = new Map<string, Promise<ActorKeys>>()

export async function keysOf(store: LinkStore, own: Addresses): Promise<ActorKeys> {
  const before = asked.get(own.actor)
  if (before !== undefined) return before
  const keys = readOrMake(store).finally(() => asked.delete(own.actor))
  asked.set(own.actor, keys)
  return keys
}

async function readOrMake(store: LinkStore): Promise<ActorKeys> {
  if ((await store.get('keys')) === null) await store.set('keys', await makeKeys())
  // Read again: where two made them at once, both use what stayed.
  return importKeys((await store.get('keys')) ?? '')
}

async function makeKeys(): Promise<string> {
  const { privateKey, publicKey } = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  return JSON.stringify({
    private: await crypto.subtle.exportKey('jwk', privateKey),
    public: await crypto.subtle.exportKey('jwk', publicKey),
  })
}

async function importKeys(text: string): Promise<ActorKeys> {
  const kept = JSON.parse(text) as { readonly private: JsonWebKey; readonly public: JsonWebKey }
  return {
    privateKey: await crypto.subtle.importKey('jwk', kept.private, algorithm, true, ['sign']),
    publicKey: await crypto.subtle.importKey('jwk', kept.public, algorithm, true, ['verify']),
  }
}
