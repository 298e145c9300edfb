import { lockCases } from '../cases/index.ts'
import { inScope, type Scope } from '../platform/db/scope.ts'
import type { Platform } from '../platform/platform.ts'
import { refused } from '../platform/refused.ts'
import { storableText } from '../platform/db/storable-json.ts'
import { dropDraft, putDraft } from './store.ts'

/** Keeps what a member has written so far; an empty text keeps nothing. */
export async function saveDraft(
  platform: Platform,
  scope: Scope,
  input: { readonly id: string; readonly text: string },
): Promise<{ done: true }> {
  const { workspaceId, actor } = scope
  const memberId = actor.kind === 'member' ? actor.id : null
  if (memberId === null) throw refused('FORBIDDEN')
  return inScope(platform.database, scope, async (db) => {
    const [state] = await lockCases(db, workspaceId, [input.id])
    if (state === undefined) throw refused('NOT_FOUND')
    const draft = { caseId: input.id, memberId }
    if (input.text.trim() === '') await dropDraft(db, workspaceId, draft)
    else {
      const at = new Date(platform.clock.now())
      await putDraft(db, workspaceId, { ...draft, text: storableText(input.text), at })
    }
    return { done: true }
  })
}
