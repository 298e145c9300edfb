// Files that words of ours carry: taken when a member gives them, checked against the network's rules when they are
// sent, read when they leave.
import { buffer } from 'node:stream/consumers'
import { Readable } from 'node:stream'
import type { OutgoingMedia } from '../../channels/acting.ts'
import type { MediaReference } from '../../contract/engagement.ts'
import { judgeMedia, mostUploadBytes } from '../../contract/judge-media.ts'
import type { GivenFile, MediaRules, UploadedFile } from '../../contract/media.ts'
import { addAttachments, nameAttachments, safeName, safeType } from '../connections/index.ts'
import { inScope, type Db, type Scope } from '../platform/db/scope.ts'
import { newId } from '../platform/ids.ts'
import type { Platform } from '../platform/platform.ts'
import { refused } from '../platform/refused.ts'
import { addFile, bindFiles, filesOf, lockWaitingFiles } from './store-files.ts'

/** Where files that were sent with nothing yet stand among the attachments. */
const uploadSource = 'upload'

type FileParts = Pick<Platform, 'database' | 'clock' | 'files'>

/** Keeps a file that a member wants to send. Throws `FileTooLarge` past what is taken at all. */
export async function takeUpload(
  platform: FileParts,
  scope: Scope,
  given: { readonly name: string; readonly mediaType: string; readonly bytes: AsyncIterable<Uint8Array> },
): Promise<UploadedFile> {
  const { workspaceId, actor } = scope
  const memberId = actor.kind === 'member' ? actor.id : null
  if (memberId === null) throw refused('FORBIDDEN')
  const id = newId()
  const key = `attachments/${id}`
  const head = new Head()
  let isKept = false
  try {
    const bytes = await platform.files.write(key, head.of(given.bytes), mostUploadBytes)
    if (bytes === 0) throw refused('INVALID', 'empty-file', 'There is nothing in this file.')
    const name = safeName(given.name)
    const shownAs = safeType({ mediaType: given.mediaType, bytes: head.bytes })
    const mediaType = leavingType(given.mediaType, shownAs)
    const at = new Date(platform.clock.now())
    const place = { source: uploadSource, externalId: id, connectionId: null, eventId: null }
    await inScope(platform.database, scope, async (db) => {
      await addAttachments(db, workspaceId, [{ id, name, mediaType: shownAs, bytes, ...place }], at)
      await addFile(db, workspaceId, { id, memberId, mediaType, at })
    })
    isKept = true
    return { id, name, mediaType, bytes }
  } finally {
    if (!isKept) await platform.files.remove(key)
  }
}

const headBytes = 32

/** Looks at the first bytes while all of them go by. */
class Head {
  bytes: Uint8Array = new Uint8Array()
  async *of(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) {
      if (this.bytes.length < headBytes) {
        this.bytes = Buffer.concat([this.bytes, chunk.subarray(0, headBytes)])
      }
      yield chunk
    }
  }
}

/** What the bytes say of a picture; a file that only calls itself one leaves as bytes. */
function leavingType(declared: string, shownAs: string): string {
  const plain = declared.toLowerCase().split(';')[0]?.trim() ?? ''
  if (shownAs.startsWith('image/')) return shownAs
  const isNamed = /^[a-z]+\/[a-z0-9][a-z0-9.+-]{0,100}$/.test(plain)
  const isFalsePicture = /^image\/(png|jpeg|gif|webp)$/.test(plain)
  return isNamed && !isFalsePicture ? plain : 'application/octet-stream'
}

/** A file that leaves with words, as the engagement shows it. */
export interface LeavingFile {
  readonly id: string
  readonly alt: string
  readonly reference: MediaReference
}

/** The files that a member names, in that order; refused where one is gone or the network would not take them. */
export async function leavingFiles(
  { publicUrl }: Pick<Platform, 'publicUrl'>,
  db: Db,
  { workspaceId, actor }: Scope,
  { given, rules }: { readonly given: readonly GivenFile[]; readonly rules: MediaRules | null },
): Promise<readonly LeavingFile[]> {
  if (given.length === 0) return []
  const memberId = actor.kind === 'member' ? (actor.id ?? '') : ''
  const ids = given.map(({ id }) => id)
  const waiting = new Map(
    (await lockWaitingFiles(db, workspaceId, { memberId, ids })).map((file) => [file.id, file]),
  )
  const files = [...new Set(ids)].map((id) => waiting.get(id))
  const found = files.filter((file) => file !== undefined)
  if (found.length !== given.length) {
    throw refused('INVALID', 'file-gone', 'A file of it is not here any more. Add it again.')
  }
  const [problem] = judgeMedia(rules, found)
  if (problem !== undefined) throw refused('INVALID', 'unfit-file', problem.text)
  return found.map((file, index) => {
    const alt = given[index]?.alt ?? ''
    const url = `${publicUrl}/api/v1/attachments/${file.id}`
    return { id: file.id, alt, reference: { url, mediaType: file.mediaType, alt: alt || file.name } }
  })
}

/** They belong to this act and to these words from now on. */
export async function bindLeaving(
  db: Db,
  workspaceId: string,
  files: readonly LeavingFile[],
  to: { readonly outboxId: string; readonly source: string; readonly externalId: string },
): Promise<void> {
  if (files.length === 0) return
  await bindFiles(db, workspaceId, to.outboxId, files)
  await nameAttachments(
    db,
    workspaceId,
    files.map(({ id }) => id),
    to,
  )
}

/** The words bear the network's name now, and so do their files, so that they go when the words do. */
export async function renameFiles(
  db: Db,
  workspaceId: string,
  to: { readonly outboxId: string; readonly source: string; readonly externalId: string },
): Promise<void> {
  const ids = (await filesOf(db, workspaceId, to.outboxId)).map(({ id }) => id)
  if (ids.length > 0) await nameAttachments(db, workspaceId, ids, to)
}

/** The bytes of what leaves with a row of the outbox; null where one of them is gone. */
export async function readFiles(
  { database, files }: Pick<Platform, 'database' | 'files'>,
  scope: Scope,
  { outboxId, count }: { readonly outboxId: string; readonly count: number },
): Promise<readonly OutgoingMedia[] | null> {
  if (count === 0) return []
  const bound = await inScope(database, scope, (db) => filesOf(db, scope.workspaceId, outboxId))
  if (bound.length < count) return null
  const media: OutgoingMedia[] = []
  for (const { id, name, mediaType, alt } of bound) {
    const bytes = await buffer(Readable.from(files.read(`attachments/${id}`)))
    media.push({ name, mediaType, alt, bytes })
  }
  return media
}
