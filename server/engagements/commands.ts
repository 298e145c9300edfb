import type { z } from 'zod'
import type { EngagementInput } from '../../contract/engagement.ts'
import type { engagements, ImportFormat, ImportRun } from '../../contract/engagements.ts'
import { inScope, type Db, type Scope } from '../platform/db/scope.ts'
import { tell } from '../platform/events/tell.ts'
import { newId } from '../platform/ids.ts'
import { askFor } from '../platform/jobs/jobs.ts'
import type { Platform } from '../platform/platform.ts'
import { refused } from '../platform/refused.ts'
import { record } from '../workspace/index.ts'
import { acceptWithin } from './ingest.ts'
import { importJob } from './jobs-import.ts'
import { addImport, lockImport, setImportState } from './store-imports.ts'
import { identityOfPerson, importById, threadOfCase } from './views.ts'

export interface Upload {
  readonly format: ImportFormat
  readonly fileName: string
  readonly ownHandles: readonly string[]
  readonly bytes: AsyncIterable<Uint8Array>
}

/** Keeps the file, then asks for the import; throws `FileTooLarge`. */
export async function startImport(platform: Platform, scope: Scope, upload: Upload): Promise<ImportRun> {
  const id = newId()
  const fileKey = `imports/${id}`
  const bytes = await platform.files.write(fileKey, upload.bytes, platform.maxUploadBytes)
  const { workspaceId, actor } = scope
  return inScope(platform.database, scope, async (db) => {
    const at = new Date(platform.clock.now())
    const { format, fileName, ownHandles } = upload
    const startedBy = actor.kind === 'member' ? actor.id : null
    await addImport(db, workspaceId, {
      id,
      format,
      fileName,
      fileKey,
      bytes,
      ownHandles,
      startedBy,
      startedByName: actor.name,
      at,
    })
    await askFor(db, importJob, { workspaceId, importId: id }, { key: `import:${id}` })
    await record(db, scope, {
      action: 'import.started',
      subject: { type: 'import', id },
      after: { format, fileName, bytes },
    })
    return await importOrRefuse(db, workspaceId, id)
  })
}

async function importOrRefuse(db: Db, workspaceId: string, id: string): Promise<ImportRun> {
  const run = await importById(db, workspaceId, id)
  if (run === null) throw refused('NOT_FOUND')
  return run
}

/** Stops reading; what was accepted stays and goes through the loop. */
export async function cancelImport(platform: Platform, scope: Scope, id: string): Promise<{ done: true }> {
  const { workspaceId } = scope
  return inScope(platform.database, scope, async (db) => {
    const place = await lockImport(db, workspaceId, id)
    if (place === null) throw refused('NOT_FOUND')
    if (place.state !== 'waiting' && place.state !== 'running') {
      throw refused('CONFLICT', 'import-over', 'This import is over already.')
    }
    await setImportState(db, workspaceId, id, {
      state: 'cancelled',
      finishedAt: new Date(platform.clock.now()),
    })
    await askFor(db, importJob, { workspaceId, importId: id }, { key: `import:${id}:cancelled` })
    await record(db, scope, { action: 'import.cancelled', subject: { type: 'import', id } })
    await tell(db, workspaceId, { topic: 'import.progressed', importId: id })
    return { done: true }
  })
}

type LogInput = z.infer<(typeof engagements.log)['~orpc']['inputSchema'] & z.ZodType>

/** Logs what happened outside the networks as an engagement like any other; it goes through the loop. */
export async function logEngagement(
  platform: Platform,
  scope: Scope,
  input: LogInput,
): Promise<{ id: string }> {
  const { workspaceId, actor } = scope
  return inScope(platform.database, scope, async (db) => {
    const thread = input.caseId === undefined ? null : await threadOfCase(db, workspaceId, input.caseId)
    if (input.caseId !== undefined && thread === null) throw refused('NOT_FOUND')
    const author = await authorOf(db, workspaceId, input, thread?.personId ?? null)
    const engagement: EngagementInput = {
      type: 'Create',
      kind: input.kind,
      source: author.source,
      externalId: newId(),
      channel: input.kind.toLowerCase(),
      direction: input.direction,
      author:
        input.direction === 'in' ? author : { externalId: `member:${actor.id ?? ''}`, name: actor.name },
      ...(input.direction === 'out' ? { presence: `${input.kind.toLowerCase()}s` } : {}),
      mentions: [],
      visibility: 'direct',
      threadExternalId: thread?.name ?? `${author.source}:${author.externalId}:${newId()}`,
      text: input.text,
      media: [],
      publishedAt: input.at,
      automatic: false,
    }
    const now = new Date(platform.clock.now())
    const memberId = actor.kind === 'member' && input.direction === 'out' ? actor.id : null
    const origin = { via: 'hand' as const, now, ...(memberId === null ? {} : { memberId }) }
    const [result] = await acceptWithin(db, workspaceId, [engagement], origin)
    if (result?.result !== 'accepted') throw refused('CONFLICT', 'logged-already')
    await record(db, scope, {
      action: 'engagement.logged',
      subject: { type: 'engagement', id: result.id },
      after: { kind: input.kind },
    })
    return { id: result.id }
  })
}

interface LogAuthor {
  readonly source: string
  readonly externalId: string
  readonly handle?: string
  readonly name?: string
  readonly verifiedEmail?: string
}

/** By hand means: somebody here vouches for who it was. A known person's own identity is used where there is one. */
async function authorOf(
  db: Db,
  workspaceId: string,
  input: LogInput,
  casePersonId: string | null,
): Promise<LogAuthor> {
  const personId = input.personId ?? casePersonId
  if (personId !== null) {
    const identity = await identityOfPerson(db, workspaceId, personId)
    if (identity === null) throw refused('NOT_FOUND')
    const { source, externalId, handle, name } = identity
    return { source, externalId, name, ...(handle === null ? {} : { handle }) }
  }
  if (input.person === undefined)
    throw refused('INVALID', 'who', 'Say who it was: a person we know, or a name.')
  const { name, email, phone } = input.person
  const externalId = email?.toLowerCase() ?? phone?.replace(/[^\d+]/g, '') ?? `by-hand:${newId()}`
  return {
    source: 'hand',
    externalId,
    name,
    ...(email === undefined ? {} : { verifiedEmail: email.toLowerCase() }),
  }
}

export async function findImport(
  platform: Pick<Platform, 'database'>,
  scope: Scope,
  id: string,
): Promise<ImportRun> {
  return inScope(platform.database, scope, (db) => importOrRefuse(db, scope.workspaceId, id))
}
