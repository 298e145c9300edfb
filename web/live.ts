import type { QueryClient, QueryKey } from '@tanstack/react-query'
import { useEffect, useSyncExternalStore } from 'react'
import type { LiveEvent } from '../contract/live.ts'
import { queryClient } from './api.ts'
import { keysToRefresh } from './live-topics.ts'

export type LiveState = 'connecting' | 'connected' | 'lost'
type Listener = (event: LiveEvent) => void

const watchers = new Set<() => void>()
const listeners = new Set<Listener>()
let state: LiveState = 'connecting'

/** Stays connected while mounted; what others do refreshes what is shown. */
export function useLiveConnection(workspace: string): void {
  useEffect(() => connect(workspace, queryClient), [workspace])
}

export function useLiveState(): LiveState {
  return useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher)
      return () => watchers.delete(watcher)
    },
    () => state,
  )
}

/** Hears each event of the stream itself, for what a refreshed query cannot say. */
export function useLiveEvents(listener: Listener): void {
  useEffect(() => {
    listeners.add(listener)
    return () => {
      listeners.delete(listener)
    }
  }, [listener])
}

/** The server sends a beat every 15 seconds; a line that is silent for longer is dead, whatever the browser thinks. */
const patience = 40_000

/**
 * The browser reconnects by itself with Last-Event-ID unless the server answered with an error; then this does,
 * with the last cursor in the address, after 1, 2, 4 … at most 15 seconds.
 */
function connect(workspace: string, client: QueryClient): () => void {
  let source: EventSource | undefined
  let cursor = ''
  let failures = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let watchdog: ReturnType<typeof setTimeout> | undefined

  function open(): void {
    const query = new URLSearchParams({ workspace, ...(cursor === '' ? {} : { cursor }) })
    source = new EventSource(`/api/v1/live?${query}`)
    source.addEventListener('open', handleOpen)
    source.addEventListener('hello', handleBeat)
    source.addEventListener('beat', handleBeat)
    source.addEventListener('told', handleTold)
    source.addEventListener('error', handleError)
  }
  function handleOpen(): void {
    failures = 0
    setState('connected')
  }
  function handleBeat(message: MessageEvent<string>): void {
    if (message.lastEventId !== '') cursor = message.lastEventId
    clearTimeout(watchdog)
    watchdog = setTimeout(handleSilence, patience)
  }
  function handleTold(message: MessageEvent<string>): void {
    handleBeat(message)
    const event = readEvent(message.data)
    if (event === undefined) return
    refresh(client, event)
    for (const listener of listeners) listener(event)
  }
  function handleError(): void {
    setState('lost')
    if (source?.readyState !== EventSource.CLOSED) return
    failures += 1
    timer = setTimeout(open, Math.min(15_000, 500 * 2 ** failures))
  }
  function handleSilence(): void {
    setState('lost')
    source?.close()
    open()
  }
  function handleOnline(): void {
    if (source?.readyState !== EventSource.CLOSED) return
    clearTimeout(timer)
    open()
  }

  setState('connecting')
  open()
  addEventListener('online', handleOnline)
  return () => {
    removeEventListener('online', handleOnline)
    clearTimeout(timer)
    clearTimeout(watchdog)
    source?.close()
  }
}

const waiting = new Map<string, QueryKey>()
let calm: ReturnType<typeof setTimeout> | undefined

/** At once, and then at most every 400 ms: an import of thousands must not ask for the same list thousands of times. */
function refresh(client: QueryClient, event: LiveEvent): void {
  const keys = keysToRefresh(event)
  if (keys === 'everything') return void client.invalidateQueries()
  for (const queryKey of keys) waiting.set(JSON.stringify(queryKey), queryKey)
  if (calm === undefined) flush(client)
}

function flush(client: QueryClient): void {
  calm = undefined
  if (waiting.size === 0) return
  const keys = [...waiting.values()]
  waiting.clear()
  calm = setTimeout(() => flush(client), 400)
  for (const queryKey of keys) void client.invalidateQueries({ queryKey })
}

function readEvent(text: string): LiveEvent | undefined {
  try {
    return JSON.parse(text) as LiveEvent
  } catch {
    return undefined
  }
}

function setState(next: LiveState): void {
  if (next === state) return
  state = next
  for (const watcher of watchers) watcher()
}
