import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { PublicConversation } from '../../../contract/own-web.ts'
import { addToQueue, readQueue, type QueuedMessage, type Shelf } from './message-queue.ts'
import { ownWebApi, Refused, sayFailure } from './own-web-api.ts'
import { sendQueue } from './send-queue.ts'
import { useLive } from './use-live.ts'
import type { Visitor } from './visitor.ts'
import { words } from './words.ts'

const tryEvery = 5_000

export interface Chat {
  readonly conversation: PublicConversation | undefined
  /** Written here and not sent yet, oldest first. */
  readonly waiting: readonly QueuedMessage[]
  readonly failure: string
  readonly isBegun: boolean
  say(text: string, visitor: Visitor): void
  sendFile(file: File): Promise<void>
}

/** One conversation with a workspace from this browser: kept over visits, written into also without a connection. */
export function useChat(workspace: string, shelf: Shelf): Chat {
  const names = useMemo(
    () => ({ token: `horseshoe-chat ${workspace}`, queue: `horseshoe-chat-queue ${workspace}` }),
    [workspace],
  )
  const { token, conversation, look, adopt } = useConversation(shelf, names.token)
  const [waiting, setWaiting] = useState(() => readQueue(shelf, names.queue))
  const [failure, setFailure] = useState('')
  const visitor = useRef<Visitor>(undefined)
  const isSending = useRef(false)

  const flush = useCallback(async () => {
    if (isSending.current) return
    isSending.current = true
    setFailure(await sendQueue({ workspace, shelf, names, visitor: visitor.current }))
    isSending.current = false
    setWaiting(readQueue(shelf, names.queue))
    adopt()
    await look()
  }, [workspace, shelf, names, adopt, look])
  useTryAgain(() => readQueue(shelf, names.queue).length > 0, flush)

  return {
    conversation,
    waiting,
    failure,
    isBegun: token !== undefined || waiting.length > 0,
    say(text, who) {
      visitor.current = who
      const isKept = addToQueue(shelf, names.queue, { key: crypto.randomUUID(), text, at: Date.now() })
      if (!isKept) setFailure(words.full)
      setWaiting(readQueue(shelf, names.queue))
      void flush()
    },
    async sendFile(file) {
      if (token === undefined) return
      try {
        await ownWebApi.sendFile(token, file)
        setFailure('')
        await look()
      } catch (error) {
        setFailure(sayFailure(error))
      }
    },
  }
}

/** The conversation that the shelf names, shown anew whenever it changes. */
function useConversation(shelf: Shelf, name: string) {
  const [token, setToken] = useState(() => shelf.getItem(name) ?? undefined)
  const [conversation, setConversation] = useState<PublicConversation>()
  const adopt = useCallback(() => setToken(shelf.getItem(name) ?? undefined), [shelf, name])
  const look = useCallback(async () => {
    if (token === undefined) return
    try {
      setConversation(await ownWebApi.read(token))
    } catch (error) {
      // The conversation is gone: the next words begin a new one. Anything else may pass.
      if (!(error instanceof Refused) || error.status !== 404) return
      shelf.removeItem(name)
      setToken(undefined)
    }
  }, [shelf, name, token])
  useLive(token, look)
  return { token, conversation, look, adopt }
}

/** As long as something waits: when the network is back, and now and then. */
function useTryAgain(hasWaiting: () => boolean, flush: () => Promise<void>): void {
  const latest = useRef({ hasWaiting, flush })
  useEffect(() => {
    latest.current = { hasWaiting, flush }
  })
  useEffect(() => {
    const handle = (): void => {
      if (latest.current.hasWaiting()) void latest.current.flush()
    }
    const timer = setInterval(handle, tryEvery)
    addEventListener('online', handle)
    return () => {
      clearInterval(timer)
      removeEventListener('online', handle)
    }
  }, [])
}
