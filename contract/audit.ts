import { z } from 'zod'
import { endpoint, Id, Instant, page, PageInput } from './endpoint.ts'

export const AuditEntry = z.object({
  id: Id,
  at: Instant,
  actor: z.string(),
  action: z.string(),
  subject: z.object({ type: z.string(), id: z.string() }),
  before: z.unknown(),
  after: z.unknown(),
  /** How the things are called today whose ids stand in this entry, by id. */
  names: z.record(z.string(), z.string()),
})
export type AuditEntry = z.infer<typeof AuditEntry>

const listAudit = endpoint('audit.read')
  .route({ method: 'GET', path: '/audit', summary: 'The audit trail, newest first' })
  .input(
    PageInput.extend({ subjectId: z.string().max(64).optional(), action: z.string().max(64).optional() }),
  )
  .output(page(AuditEntry))
const verifyAudit = endpoint('audit.read')
  .route({ method: 'GET', path: '/audit/verify', summary: 'Recompute the hash chain of the audit trail' })
  .output(z.object({ isIntact: z.boolean(), entries: z.number().int(), brokenAt: Id.nullable() }))

export const audit = { list: listAudit, verify: verifyAudit }
