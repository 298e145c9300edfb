import { useSyncExternalStore } from 'react'

const watchers = new Set<() => void>()
let hasEnded = false

/** What the last answer said: that nobody is signed in here any more, or (signed in again, maybe in another tab) that somebody is. */
export function markSession(isOver: boolean): void {
  if (hasEnded === isOver) return
  hasEnded = isOver
  for (const watcher of watchers) watcher()
}

export function useSessionEnded(): boolean {
  return useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher)
      return () => watchers.delete(watcher)
    },
    () => hasEnded,
  )
}

/** The way to sign in that leads back to the page of now. */
export function signInFromHere(): string {
  const { pathname, search, hash } = location
  return `/sign-in?${new URLSearchParams({ to: pathname + search + hash })}`
}
