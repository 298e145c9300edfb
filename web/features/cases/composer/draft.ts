import type { KeptFile } from '../../replies/use-files.ts'

/** What is kept of an answer or a note being written, so that a crash or a closed tab loses nothing. */
export interface Draft {
  readonly text: string
  /** Names this answer to the server: however often it is sent, it leaves once. */
  readonly key: string
  /** The newest engagement seen when the writing began; null where there was none. */
  readonly lastSeenEngagementId: string | null
  readonly savedAt: number
  /** Files that the server has already; none in drafts of before. */
  readonly files?: readonly KeptFile[]
}
export type DraftMode = 'reply' | 'note'

/** The part of the browser's storage that drafts need. */
export interface DraftStorage {
  readonly length: number
  key(index: number): string | null
  getItem(name: string): string | null
  setItem(name: string, value: string): void
  removeItem(name: string): void
}

const prefix = 'horseshoe.draft.'
/** Drafts kept at once; the oldest go first. */
const mostDrafts = 200

export function draftName(workspace: string, caseId: string, mode: DraftMode): string {
  return `${prefix}${workspace}.${caseId}.${mode}`
}

function isDraft(value: unknown): value is Draft {
  if (typeof value !== 'object' || value === null) return false
  const { text, key, lastSeenEngagementId: seen, savedAt } = value as Partial<Record<keyof Draft, unknown>>
  const isSeenReadable = seen === null || typeof seen === 'string'
  return typeof text === 'string' && typeof key === 'string' && isSeenReadable && typeof savedAt === 'number'
}

/** Null where there is none, or where what is stored cannot be read. */
export function readDraft(storage: DraftStorage, name: string): Draft | null {
  const stored = storage.getItem(name)
  if (stored === null) return null
  try {
    const value: unknown = JSON.parse(stored)
    return isDraft(value) ? value : null
  } catch {
    return null
  }
}

/** Keeps the draft at once; an empty one is removed. False where the browser refuses to store. */
export function writeDraft(storage: DraftStorage, name: string, draft: Draft): boolean {
  try {
    if (draft.text.trim() === '' && (draft.files ?? []).length === 0) storage.removeItem(name)
    else storage.setItem(name, JSON.stringify(draft))
    return true
  } catch {
    return false
  }
}

export function removeDraft(storage: DraftStorage, name: string): void {
  storage.removeItem(name)
}

/** Lets go of the oldest drafts beyond what is kept at once. */
export function trimDrafts(storage: DraftStorage): void {
  const names: string[] = []
  for (let index = 0; index < storage.length; index += 1) {
    const name = storage.key(index)
    if (name?.startsWith(prefix)) names.push(name)
  }
  if (names.length <= mostDrafts) return
  const aged = names.map((name) => ({ name, savedAt: readDraft(storage, name)?.savedAt ?? 0 }))
  aged.sort((a, b) => b.savedAt - a.savedAt)
  for (const { name } of aged.slice(mostDrafts)) storage.removeItem(name)
}
