import { pino, type Logger } from 'pino'

export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>

/** Messages are constant strings, values stand beside them; never personal data. */
export function openLog(level: string): Log {
  return pino({ level, base: null, serializers: { error: pino.stdSerializers.err } })
}
