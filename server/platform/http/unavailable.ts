/** SQLSTATE classes and codes that say "the database is away", not "the query is wrong". */
const away = /^(08|57P0|53[0-9]{2}$|25006)/
const broken = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOENT'])
const said =
  /connection terminated|timeout exceeded when trying to connect|client has encountered a connection error|not queryable/i

/** True where trying again in a moment may help: the database restarts, or cannot be reached. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  if (away.test(code) || broken.has(code) || said.test(error.message)) return true
  return isDatabaseAway(error.cause)
}

/** SQLSTATEs of a text with NUL, as text and within JSON: whoever sent it can mend it, and nobody else. */
const unstorableText = new Set(['22021', '22P05'])

export function isUnstorableText(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    typeof error.code === 'string' &&
    unstorableText.has(error.code)
  )
}
