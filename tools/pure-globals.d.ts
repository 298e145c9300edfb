// What pure files may use beside the language: same input, same output, no effect.

declare class URL {
  constructor(url: string, base?: string)
  static canParse(url: string, base?: string): boolean
  static parse(url: string, base?: string): URL | null
  hash: string
  host: string
  hostname: string
  href: string
  readonly origin: string
  password: string
  pathname: string
  port: string
  protocol: string
  search: string
  readonly searchParams: URLSearchParams
  username: string
}

declare class URLSearchParams {
  constructor(init?: string | Readonly<Record<string, string>>)
  append(name: string, value: string): void
  delete(name: string): void
  get(name: string): string | null
  getAll(name: string): string[]
  has(name: string): boolean
  set(name: string, value: string): void
  sort(): void
  [Symbol.iterator](): IterableIterator<[string, string]>
}

declare class TextEncoder {
  encode(input?: string): Uint8Array
  encodeInto(input: string, target: Uint8Array): { read: number; written: number }
}

declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean })
  decode(input?: Uint8Array, options?: { stream?: boolean }): string
}

declare function structuredClone<T>(value: T): T
declare function atob(text: string): string
declare function btoa(text: string): string

/** Hashes only: the random half of the module does not exist for pure files. */
declare module 'node:crypto' {
  interface Hash {
    update(text: string | Uint8Array): Hash
    digest(encoding: 'hex' | 'base64' | 'base64url'): string
    digest(): Uint8Array
  }
  export function createHash(algorithm: string): Hash
  export function createHmac(algorithm: string, key: string | Uint8Array): Hash
  export function timingSafeEqual(a: Uint8Array, b: Uint8Array): boolean
}
