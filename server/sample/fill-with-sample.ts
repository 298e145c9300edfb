import type { Ingest } from '../engagements/index.ts'
import type { Scope } from '../platform/db/scope.ts'
import type { Platform } from '../platform/platform.ts'
import { sampleCompany } from './company.ts'

const seed = 20_260_301
const together = 500

/** Fills a workspace with the sample company's conversations, by the same door as real ones. */
export async function fillWithSample(platform: Platform, ingest: Ingest, scope: Scope): Promise<number> {
  const { engagements } = sampleCompany({ seed, now: platform.clock.now() })
  let accepted = 0
  for (let start = 0; start < engagements.length; start += together) {
    const results = await ingest.accept(scope, engagements.slice(start, start + together), { via: 'sample' })
    accepted += results.filter((result) => result.result === 'accepted').length
  }
  return accepted
}
