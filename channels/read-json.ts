// Reading what a network sent, with the one failure that reading may have.
import type { z } from 'zod'
import { ChannelFailure, type RawEvent } from './channel.ts'

export type Json = Readonly<Record<string, unknown>>

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The object that an event holds. */
export function readObject(event: RawEvent, network: string): Json {
  const wrong = `This is nothing of ${network}.`
  let body: unknown
  try {
    body = JSON.parse(Buffer.from(event.body).toString('utf8'))
  } catch (cause) {
    throw new ChannelFailure('contract.violation', wrong, { cause })
  }
  if (!isObject(body)) throw new ChannelFailure('contract.violation', wrong)
  return body
}

/** Named where it does not fit, so that a member sees what the network has changed. */
export function fit<Shape>(schema: z.ZodType<Shape>, value: unknown, what: string): Shape {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const where = parsed.error.issues.map(({ path }) => path.join('.')).join(', ')
  throw new ChannelFailure('contract.violation', `${what} without what it needs: ${where}.`)
}
