import { lazy, Suspense, useSyncExternalStore } from 'react'
import { sayError } from '../error-words.ts'

const loadHost = () => import('./notice-host.tsx')
const NoticeHost = lazy(() => loadHost().then((module) => ({ default: module.NoticeHost })))
const watchers = new Set<() => void>()
let isWanted = false

/** Says that something was done; with `undo` it can be taken back for eight seconds. */
export function notifyDone(text: string, undo?: () => void): void {
  openPlace()
  void loadHost().then((host) => host.showDone(text, undo))
}

/** Says what was left as it is, and why. */
export function notifyLeft(title: string, detail: string): void {
  openPlace()
  void loadHost().then((host) => host.showLeft(title, detail))
}

/** Says what failed and what to do; stays for twelve seconds. */
export function notifyError(error: unknown): void {
  openPlace()
  void loadHost().then((host) => host.showError(sayError(error)))
}

/** Where notices appear; nothing is loaded for them before the first. */
export function NoticePlace() {
  const isOpen = useSyncExternalStore(watch, () => isWanted)
  return <Suspense>{isOpen && <NoticeHost />}</Suspense>
}

function openPlace(): void {
  if (isWanted) return
  isWanted = true
  for (const watcher of watchers) watcher()
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher)
  return () => watchers.delete(watcher)
}
