import { z } from 'zod'

const Cursor = z.tuple([z.string().max(100), z.uuid()])

/** Opaque place in a list that is ordered by a key and then by id. */
export function encodeCursor(key: string, id: string): string {
  return Buffer.from(JSON.stringify([key, id])).toString('base64url')
}

/** Null for none, and for one that is not ours: the list then begins at its beginning. */
export function decodeCursor(
  cursor: string | undefined,
): { readonly key: string; readonly id: string } | null {
  if (cursor === undefined) return null
  try {
    const parsed = Cursor.safeParse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')))
    if (!parsed.success || !/^[\d :.+\-infty]+$/.test(parsed.data[0])) return null
    return { key: parsed.data[0], id: parsed.data[1] }
  } catch {
    return null
  }
}
