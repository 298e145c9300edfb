// Messages that could not be sent yet. Each has a key of its own, so that sending it again writes it once.

export interface QueuedMessage {
  readonly key: string
  readonly text: string
  /** ms since 1970, by this device's clock. */
  readonly at: number
}

/** The part of the browser's storage that is needed here. */
export interface Shelf {
  getItem(key: string): string | null
  setItem(key: string, value: string): void
  removeItem(key: string): void
}

const most = 50

/** What waits, oldest first; what cannot be read is nothing. */
export function readQueue(shelf: Shelf, name: string): readonly QueuedMessage[] {
  try {
    const parsed: unknown = JSON.parse(shelf.getItem(name) ?? '[]')
    return Array.isArray(parsed) ? parsed.filter(isMessage) : []
  } catch {
    return []
  }
}

/** False where the browser keeps nothing, or too much waits already. */
export function addToQueue(shelf: Shelf, name: string, message: QueuedMessage): boolean {
  const waiting = readQueue(shelf, name)
  if (waiting.length >= most) return false
  return write(shelf, name, [...waiting, message])
}

export function removeFromQueue(shelf: Shelf, name: string, key: string): void {
  write(
    shelf,
    name,
    readQueue(shelf, name).filter((message) => message.key !== key),
  )
}

function write(shelf: Shelf, name: string, messages: readonly QueuedMessage[]): boolean {
  try {
    if (messages.length === 0) shelf.removeItem(name)
    else shelf.setItem(name, JSON.stringify(messages))
    return true
  } catch {
    return false
  }
}

function isMessage(value: unknown): value is QueuedMessage {
  return (
    typeof value === 'object' &&
    value !== null &&
    'key' in value &&
    typeof value.key === 'string' &&
    'text' in value &&
    typeof value.text === 'string' &&
    'at' in value &&
    typeof value.at === 'number'
  )
}
