import { z } from 'zod'

/** What a person reads when something is refused, and what a program can rely on. */
export const Refusal = z.object({
  /** Stable name of the reason, such as `last-owner` or `stale-version`. */
  reason: z.string(),
  /** What to do about it, where there is something to do. */
  hint: z.string().optional(),
})
export type Refusal = z.infer<typeof Refusal>

/** The one list of expected failures. Foreign and missing ids answer alike: NOT_FOUND. */
export const errors = {
  INVALID: { status: 422, message: 'This cannot be accepted as it is.', data: Refusal },
  UNAUTHORIZED: { status: 401, message: 'Please sign in.' },
  FORBIDDEN: { status: 403, message: 'Your role does not allow this.' },
  NOT_FOUND: { status: 404, message: 'There is nothing here.' },
  CONFLICT: { status: 409, message: 'Something changed meanwhile.', data: Refusal },
  GONE: { status: 410, message: 'This link is no longer valid.' },
  TOO_MANY_REQUESTS: { status: 429, message: 'Too many tries. Please wait a moment.' },
  UNAVAILABLE: { status: 503, message: 'The service is not ready. Please try again shortly.' },
} as const
