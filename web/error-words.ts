import { ORPCError } from '@orpc/client'

export interface ErrorWords {
  readonly title: string
  readonly detail: string
  readonly hint?: string
  /** Name to quote to whoever runs the installation. */
  readonly reference: string
}

interface RefusalData {
  readonly reason?: string
  readonly hint?: string
}

const titles: Readonly<Record<string, string>> = {
  INVALID: 'This cannot be accepted as it is',
  UNAUTHORIZED: 'Please sign in',
  FORBIDDEN: 'You have no access to this',
  NOT_FOUND: 'There is nothing here',
  CONFLICT: 'Something changed meanwhile',
  GONE: 'This link is no longer valid',
  TOO_MANY_REQUESTS: 'Too many tries',
  UNAVAILABLE: 'Horseshoe is not ready',
  BAD_REQUEST: 'This cannot be accepted as it is',
}
const hints: Readonly<Record<string, string>> = {
  UNAUTHORIZED: 'Your session ended. Sign in and you are back where you were.',
  FORBIDDEN: 'Ask an owner or an administrator of the workspace for the right role.',
  NOT_FOUND: 'It was removed, it belongs to another workspace, or the link is incomplete.',
  TOO_MANY_REQUESTS: 'Wait a moment, then try again.',
  UNAVAILABLE: 'It usually is within a few seconds. Try again.',
}

/** Says any failure in words for people: what happened, what to do, what to quote. */
export function sayError(error: unknown): ErrorWords {
  if (error instanceof ORPCError) return sayRefusal(error)
  if (error instanceof TypeError) {
    return {
      title: 'The server does not answer',
      detail: 'The connection was lost or the server is not running.',
      hint: 'Check the connection, then try again. What you typed is still here.',
      reference: 'no-connection',
    }
  }
  return {
    title: 'Something went wrong',
    detail: error instanceof Error ? error.message : 'The reason is not known.',
    hint: 'Try again. If it stays, tell whoever runs this installation.',
    reference: 'unexpected',
  }
}

/** One line for a notice beside a button. */
export function errorLine(error: unknown): string {
  const words = sayError(error)
  return [words.detail, words.hint].filter(Boolean).join(' ')
}

/** The stable code of a refusal, such as `CONFLICT`; undefined for other failures. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof ORPCError ? String(error.code) : undefined
}

/** The stable reason within a refusal, such as `arrived-meanwhile`. */
export function errorReason(error: unknown): string | undefined {
  return error instanceof ORPCError ? refusalOf(error).reason : undefined
}

/** Whether the thing itself is gone or closed to us, so that what was loaded before must not be shown any longer. */
export function isOutOfReach(error: unknown): boolean {
  const code = errorCode(error)
  return code === 'NOT_FOUND' || code === 'FORBIDDEN' || code === 'GONE'
}

export function isWorthAnotherTry(error: unknown): boolean {
  if (!(error instanceof ORPCError)) return true
  return error.status >= 500 && error.status !== 501
}

function sayRefusal(error: ORPCError<string, unknown>): ErrorWords {
  const { reason, hint } = refusalOf(error)
  const isKnown = error.code in titles
  const said = hint ?? hints[error.code]
  return {
    title: titles[error.code] ?? 'Something went wrong on the server',
    detail: isKnown ? error.message : 'The server could not finish this. Nothing was half done.',
    ...(said === undefined ? {} : { hint: said }),
    reference: [error.code, reason].filter(Boolean).join(' · '),
  }
}

function refusalOf(error: ORPCError<string, unknown>): RefusalData {
  return typeof error.data === 'object' && error.data !== null ? error.data : {}
}
