import type { KeptFile } from './use-files.ts'

/** A post that was not sent yet, as this browser keeps it. */
export interface KeptPost {
  readonly text: string
  /** Names it to the server: however often it is sent, it leaves once. */
  readonly key: string
  readonly files: readonly KeptFile[]
}

function nameOf(presenceId: string): string {
  return `horseshoe.post.${presenceId}`
}

/** A fresh one where nothing is kept, or where it cannot be read. */
export function readPost(presenceId: string): KeptPost {
  const fresh = { text: '', key: crypto.randomUUID(), files: [] }
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(nameOf(presenceId)) ?? 'null')
    return isKept(kept) ? kept : fresh
  } catch {
    return fresh
  }
}

function isKept(value: unknown): value is KeptPost {
  if (typeof value !== 'object' || value === null) return false
  const { text, key, files } = value as Partial<Record<keyof KeptPost, unknown>>
  return typeof text === 'string' && typeof key === 'string' && Array.isArray(files)
}

export function keepPost(presenceId: string, post: KeptPost): void {
  try {
    if (post.text === '' && post.files.length === 0) localStorage.removeItem(nameOf(presenceId))
    else localStorage.setItem(nameOf(presenceId), JSON.stringify(post))
  } catch {
    // A browser that keeps nothing still sends.
  }
}
