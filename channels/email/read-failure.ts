// What an SMTP failure means (RFC 5321 4.2.1): 4yz may be tried again, 5yz never. A 4yz about the receiver or the words
// of one mail, such as greylisting, holds up that mail alone; about the session (421), the sender or the sign-in it is
// about us, and everything waits. Without an answer of the server it depends on whether the data had begun.
import type { Acted } from '../acting.ts'

interface Failure {
  readonly message: string
  readonly code: string
  readonly command: string
  readonly responseCode: number | null
}

export function readFailure(error: unknown, hasBegun: boolean): Acted {
  const failure = describe(error)
  if (failure.responseCode !== null) return readAnswer(failure, failure.responseCode)
  if (hasBegun) {
    const detail = 'The mail server broke off before it said whether it took the mail.'
    return { result: 'unknown', detail }
  }
  const detail = `The mail server cannot be reached: ${failure.message}.`
  return { result: 'refused', error: 'network.down', detail }
}

function readAnswer({ message, code, command }: Failure, answer: number): Acted {
  const detail = `The mail server said: ${message}`
  if (answer < 500) return readPassing(command, answer, detail)
  if (code === 'EAUTH' || answer === 530 || answer === 535) {
    return { result: 'refused', error: 'auth.revoked', detail }
  }
  if (command === 'RCPT TO') return { result: 'refused', error: 'target.gone', detail }
  return { result: 'refused', error: 'content.rejected', detail }
}

/** Greylists let a sender in after some minutes; who knocks sooner is told the same again. */
const laterMs = 5 * 60_000
/** Closes the whole session, wherever it is said. */
const closing = 421

function readPassing(command: string, answer: number, detail: string): Acted {
  const isAboutOne = answer !== closing && (command === 'RCPT TO' || command === 'DATA')
  if (!isAboutOne) return { result: 'refused', error: 'rate', detail }
  return { result: 'refused', error: 'network.down', detail, retryAfterMs: laterMs }
}

function describe(error: unknown): Failure {
  const fields: Readonly<Record<string, unknown>> =
    error instanceof Error ? Object.fromEntries(Object.entries(error)) : {}
  const text = typeof fields['response'] === 'string' ? fields['response'] : messageOf(error)
  const rejected = firstRejected(fields['rejectedErrors'])
  if (rejected !== null) return { ...describe(rejected), command: 'RCPT TO' }
  return {
    message: text.replace(/\s+/g, ' ').trim().slice(0, 300),
    code: typeof fields['code'] === 'string' ? fields['code'] : '',
    command: typeof fields['command'] === 'string' ? fields['command'] : '',
    responseCode: typeof fields['responseCode'] === 'number' ? fields['responseCode'] : null,
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : 'no reason given'
}

function firstRejected(value: unknown): Error | null {
  const first: unknown = Array.isArray(value) ? value[0] : null
  return first instanceof Error ? first : null
}
