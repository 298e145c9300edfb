import type { AuditEntry } from '../../../contract/audit.ts'
import { inScope, type Db, type Scope } from '../../platform/db/scope.ts'
import { storableJson } from '../../platform/db/storable-json.ts'
import { newId } from '../../platform/ids.ts'
import type { Platform } from '../../platform/platform.ts'
import { refused } from '../../platform/refused.ts'
import { hashEntry, isSameHash, noHash, walkChain, type ChainState } from './chain.ts'
import { addEntry, entriesAfter, lockHead, readHead } from './store.ts'
import { auditPage } from './views.ts'

export interface Audited {
  /** What was done, as `subject.past`: `member.changed`, `key.made`. */
  readonly action: string
  readonly subject: { readonly type: string; readonly id: string }
  /** Only what changed; never a secret. Null where there was nothing before, or is nothing after. */
  readonly before?: unknown
  readonly after?: unknown
}

/**
 * Writes a change into the audit trail, in the transaction of the change. Take it last: it locks the end of the
 * workspace's trail until the transaction ends.
 */
export async function record(db: Db, scope: Scope, audited: Audited): Promise<void> {
  const head = await lockHead(db, scope.workspaceId)
  const entry = {
    workspaceId: scope.workspaceId,
    number: head.entries + 1,
    id: newId(),
    at: new Date(),
    actorId: scope.actor.id,
    actor: storable(scope.actor.name),
    action: audited.action,
    subjectType: audited.subject.type,
    subjectId: audited.subject.id,
    before: storable(audited.before ?? null),
    after: storable(audited.after ?? null),
  }
  await addEntry(db, entry, Buffer.from(hashEntry(head.hash, entry)))
}

/** As the database will give it back, so that the hash is made over what is stored. */
function storable<Value>(value: Value): Value {
  return JSON.parse(storableJson(value))
}

interface AuditInput {
  readonly cursor?: string | undefined
  readonly limit: number
  readonly subjectId?: string | undefined
  readonly action?: string | undefined
}

export async function listAudit(
  platform: Platform,
  scope: Scope,
  input: AuditInput,
): Promise<{ items: AuditEntry[]; nextCursor: string | null }> {
  const before = input.cursor === undefined ? undefined : Number(input.cursor)
  if (before !== undefined && !Number.isSafeInteger(before)) throw refused('INVALID', 'unknown-cursor')
  const { limit, subjectId, action } = input
  const found = await inScope(platform.database, scope, (db) =>
    auditPage(db, scope.workspaceId, { before, limit, subjectId, action }),
  )
  const shown = found.slice(0, limit)
  const last = shown.at(-1)
  return {
    items: shown.map(({ number: _number, ...entry }) => entry),
    nextCursor: found.length > limit && last !== undefined ? String(last.number) : null,
  }
}

const pageOfChain = 1_000

/** Recomputes the whole chain, and compares its end with what was noted beside it. */
export async function verifyChain(
  platform: Platform,
  scope: Scope,
): Promise<{ isIntact: boolean; entries: number; brokenAt: string | null }> {
  return inScope(platform.database, scope, async (db) => {
    const head = await readHead(db, scope.workspaceId)
    let state: ChainState = { entries: 0, hash: noHash }
    while (state.entries < head.entries) {
      const entries = await entriesAfter(db, scope.workspaceId, state.entries, pageOfChain)
      if (entries.length === 0) break
      const next = walkChain(state, entries)
      if ('brokenAt' in next) return { isIntact: false, entries: head.entries, brokenAt: next.brokenAt }
      state = next
    }
    const isIntact =
      state.entries >= head.entries && (state.entries > head.entries || isSameHash(state.hash, head.hash))
    return { isIntact, entries: head.entries, brokenAt: null }
  })
}
