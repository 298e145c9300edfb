import { useSyncExternalStore } from 'react'
import { sayAgo, sayExact } from './say-time.ts'

const watchers = new Set<() => void>()
let now = Date.now()
let timer: ReturnType<typeof setInterval> | undefined

/** The time, renewed every half minute for all who show it: one timer for the page, no request. */
export function useNow(): number {
  return useSyncExternalStore(watch, () => now)
}

/** "3 min ago", with the exact time on hover and for programs. */
export function RelativeTime({ at, isShort = false }: { readonly at: string; readonly isShort?: boolean }) {
  const instant = Date.parse(at)
  return (
    <time
      dateTime={at}
      title={sayExact(instant)}
      className="hs-num"
      style={{ color: 'var(--hs-dim)', fontSize: 12 }}
    >
      {sayAgo(instant, useNow(), isShort)}
    </time>
  )
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher)
  timer ??= setInterval(tick, 30_000)
  return () => {
    watchers.delete(watcher)
    if (watchers.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}

function tick(): void {
  now = Date.now()
  for (const watcher of watchers) watcher()
}
