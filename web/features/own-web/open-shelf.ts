import type { Shelf } from './message-queue.ts'

const patienceMs = 400

/**
 * Where the chat keeps which conversation is this browser's. Browsers that forbid storage to a frame leave it to the page
 * around us, which then keeps it in its own storage; a page that does not answer keeps nothing.
 */
export async function openShelf(workspace: string): Promise<Shelf> {
  try {
    localStorage.getItem('')
    return localStorage
  } catch {
    return window.parent === window ? memoryShelf(new Map()) : shelfOfPage(workspace)
  }
}

function shelfOfPage(workspace: string): Promise<Shelf> {
  return new Promise((resolve) => {
    const finish = (kept: Map<string, string>): void => {
      removeEventListener('message', handleAnswer)
      clearTimeout(timer)
      resolve(memoryShelf(kept, (values) => window.parent.postMessage({ horseshoe: 'keep', values }, '*')))
    }
    const handleAnswer = (event: MessageEvent): void => {
      const said: unknown = event.data
      if (
        event.source !== window.parent ||
        typeof said !== 'object' ||
        said === null ||
        !('horseshoeKept' in said)
      )
        return
      finish(readKept(said.horseshoeKept))
    }
    const timer = setTimeout(() => finish(new Map()), patienceMs)
    addEventListener('message', handleAnswer)
    window.parent.postMessage({ horseshoe: 'open', workspace }, '*')
  })
}

function readKept(text: unknown): Map<string, string> {
  try {
    const parsed: unknown = JSON.parse(typeof text === 'string' ? text : '{}')
    const entries = typeof parsed === 'object' && parsed !== null ? Object.entries(parsed) : []
    return new Map(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'))
  } catch {
    return new Map()
  }
}

function memoryShelf(kept: Map<string, string>, onChange?: (values: string) => void): Shelf {
  const tell = (): void => onChange?.(JSON.stringify(Object.fromEntries(kept)))
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem(key, value) {
      kept.set(key, value)
      tell()
    },
    removeItem(key) {
      kept.delete(key)
      tell()
    },
  }
}
