import { ORPCError } from '@orpc/server'
import { errors } from '../../contract/errors.ts'

type Code = keyof typeof errors

/** An expected failure from the one list. `reason` is its stable name, `hint` says what to do. */
export function refused(
  code: Code,
  reason?: string,
  hint?: string,
): ORPCError<Code, { reason: string; hint?: string } | undefined> {
  const { status, message } = errors[code]
  const data = reason === undefined ? undefined : { reason, ...(hint === undefined ? {} : { hint }) }
  return new ORPCError(code, { status, message: hint ?? message, data })
}
