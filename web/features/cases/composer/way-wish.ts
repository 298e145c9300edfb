import { useSyncExternalStore } from 'react'

/** What a message that did not arrive asks of the composer of its case: the same words, another way. */
export interface WayWish {
  readonly caseId: string
  readonly wayKey: string
  readonly text: string
}

let wish: WayWish | null = null
const listeners = new Set<() => void>()

function listen(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function wishWay(next: WayWish | null): void {
  wish = next
  for (const listener of listeners) listener()
}

/** Null where nothing is wished for in this case. */
export function useWayWish(caseId: string): WayWish | null {
  const now = useSyncExternalStore(listen, () => wish)
  return now?.caseId === caseId ? now : null
}
