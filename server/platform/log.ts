import { pino, type Logger } from 'pino'

export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>

/** Messages are constant strings, values stand beside them; never personal data. */
export function openLog(level: string): Log {
  return pino({ level, base: null, serializers: { error: tellError } })
}

/** What an error says, and not what hangs on it: drivers hang whole connections on theirs. */
function tellError(error: unknown): unknown {
  if (!(error instanceof Error)) return String(error)
  const { name, message, stack, cause } = error
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {}
  return { name, message, stack, ...code, ...(cause === undefined ? {} : { cause: tellError(cause) }) }
}
