import { useEffect, useLayoutEffect, useRef, useSyncExternalStore } from 'react'
import { chordOf, isTyping, matchKeys } from './key-match.ts'

/** One key of a page: it acts, stands in the help of `?`, and is found in the command palette. */
export interface PageKey {
  /** One press (`j`, `shift+e`, `mod+enter`) or two after one another (`g d`). */
  readonly keys: string
  readonly title: string
  readonly run: () => void
  /** Also while somebody writes; only for presses with mod or for Escape. */
  readonly whileTyping?: boolean
  /** Left out of help and palette. */
  readonly isHidden?: boolean
}

export interface KeyGroup {
  readonly title: string
  readonly keys: readonly PageKey[]
}

const groups = new Map<symbol, KeyGroup>()
const watchers = new Set<() => void>()
let shown: readonly KeyGroup[] = []
let pending = ''
let pendingUntil = 0

/** Offers keys while the component is mounted. Groups mounted later come first. */
export function useKeys(title: string, keys: readonly PageKey[]): void {
  const id = useRef(Symbol(title))
  const latest = useRef(keys)
  useLayoutEffect(() => {
    latest.current = keys
  })
  const signature = keys.map((key) => `${key.keys} ${key.title}`).join('\n')
  useEffect(() => {
    const own = id.current
    const stable = latest.current.map((key, index) => ({
      ...key,
      run: () => latest.current[index]?.run(),
    }))
    groups.set(own, { title, keys: stable })
    publish()
    return () => {
      groups.delete(own)
      publish()
    }
  }, [title, signature])
}

/** Every key that acts now, the most special group first. */
export function useActiveKeys(): readonly KeyGroup[] {
  return useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher)
      return () => watchers.delete(watcher)
    },
    () => shown,
  )
}

/** Listens for keys; mounted once, in the shell. */
export function useKeyListener(): void {
  useEffect(() => {
    addEventListener('keydown', handleKey)
    return () => removeEventListener('keydown', handleKey)
  }, [])
}

function handleKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || isModifier(event.key)) return
  const now = event.timeStamp
  const before = now < pendingUntil ? pending : ''
  const all = shown.flatMap((group) => group.keys)
  const typing = isTyping(event.target)
  const usable = typing ? all.filter((key) => key.whileTyping === true) : all
  const match = matchKeys(usable, before, chordOf(event))
  pending = match.isBeginning ? chordOf(event) : ''
  pendingUntil = match.isBeginning ? now + 1200 : 0
  if (match.key === undefined) return
  event.preventDefault()
  match.key.run()
}

function isModifier(key: string): boolean {
  return key === 'Shift' || key === 'Control' || key === 'Alt' || key === 'Meta'
}

function publish(): void {
  shown = [...groups.values()].reverse()
  for (const watcher of watchers) watcher()
}
