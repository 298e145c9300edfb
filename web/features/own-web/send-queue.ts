import { readQueue, removeFromQueue, type QueuedMessage, type Shelf } from './message-queue.ts'
import { ownWebApi, Refused, sayFailure } from './own-web-api.ts'
import type { Visitor } from './visitor.ts'

export interface Sending {
  readonly workspace: string
  readonly shelf: Shelf
  readonly names: { readonly token: string; readonly queue: string }
  /** Who begins a conversation; undefined until somebody has written on this page. */
  readonly visitor: Visitor | undefined
}

/** Sends what waits, oldest first. Answers with what went wrong, in words; empty where nothing did or the line is away. */
export async function sendQueue(sending: Sending): Promise<string> {
  const { shelf, names } = sending
  for (const message of readQueue(shelf, names.queue)) {
    try {
      if (!(await sendOne(sending, message))) return ''
      removeFromQueue(shelf, names.queue, message.key)
    } catch (error) {
      // Without a connection it simply waits; everything else is said.
      if (!(error instanceof Refused) || error.status === 0) return ''
      if (error.status === 422) removeFromQueue(shelf, names.queue, message.key)
      return sayFailure(error)
    }
  }
  return ''
}

/** False where nobody is there to begin a conversation. */
async function sendOne(
  { workspace, shelf, names, visitor }: Sending,
  { text, key }: QueuedMessage,
): Promise<boolean> {
  const token = shelf.getItem(names.token)
  if (token !== null) {
    await ownWebApi.write({ token, text, key })
    return true
  }
  if (visitor === undefined) return false
  const begun = await ownWebApi.start({ workspace, ...visitor, text, key })
  shelf.setItem(names.token, begun.token)
  return true
}
