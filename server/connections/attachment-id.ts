import { createHash } from 'node:crypto'

/** The same attachment of the same raw event has the same id, however often it is read (RFC 9562, version 8). */
export function attachmentId(eventId: string, index: number): string {
  const hex = createHash('sha256').update(`attachment ${eventId} ${index}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
