/** PostgreSQL cannot be started here; `message` is one or two sentences for the person at the terminal. */
export class EmbeddedPostgresRefused extends Error {
  override readonly name = 'EmbeddedPostgresRefused'
}

/** The `code` of a file system or network error, such as ENOENT. */
export function errorCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}

/** Gives `fallback` when the error is the expected one, and throws it again when it is not. */
export function whenCode<T>(codes: readonly string[], fallback: T): (error: unknown) => T {
  return (error) => {
    if (codes.includes(errorCode(error) ?? '')) return fallback
    throw error
  }
}
