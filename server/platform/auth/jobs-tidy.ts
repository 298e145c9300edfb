import { z } from 'zod'
import type { Job } from '../jobs/jobs.ts'
import type { Authenticator } from './authenticator.ts'

/** Once a day: takes away sessions, challenges and counted guesses that have run out. */
export function createTidyJob(auth: Pick<Authenticator, 'tidy'>): Job<Record<never, never>> {
  return { name: 'tidy-sign-in', tries: 3, cron: '17 3 * * *', payload: z.object({}), run: () => auth.tidy() }
}
