import { useCallback, useEffect, useRef, useState } from 'react'
import type { PublicConversation } from '../../../contract/own-web.ts'
import { addToQueue, readQueue, removeFromQueue, type QueuedMessage, type Shelf } from './message-queue.ts'
import { ownWebApi, Refused, sayFailure } from './own-web-api.ts'
import { useLive } from './use-live.ts'
import type { Visitor } from './visitor.ts'

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
  const names = { token: `horseshoe-chat ${workspace}`, queue: `horseshoe-chat-queue ${workspace}` }
  const [token, setToken] = useState(() => shelf.getItem(names.token) ?? undefined)
  const [conversation, setConversation] = useState<PublicConversation>()
  const [waiting, setWaiting] = useState(() => readQueue(shelf, names.queue))
  const [failure, setFailure] = useState('')
  const visitor = useRef<Visitor>(undefined)
  const isSending = useRef(false)

  const look = useCallback(async () => {
    if (token === undefined) return
    try {
      setConversation(await ownWebApi.read(token))
    } catch (error) {
      // The conversation is gone: the next words begin a new one.
      if (error instanceof Refused && error.status === 404) {
        shelf.removeItem(names.token)
        setToken(undefined)
      }
    }
  }, [shelf, token, names.token])
  useLive(token, look)

  const flush = useCallback(async () => {
    if (isSending.current) return
    isSending.current = true
    try {
      for (const message of readQueue(shelf, names.queue)) {
        const known = shelf.getItem(names.token)
        if (known === null) {
          if (visitor.current === undefined) break
          const begun = await ownWebApi.start({
            workspace,
            ...visitor.current,
            text: message.text,
            key: message.key,
          })
          shelf.setItem(names.token, begun.token)
          setToken(begun.token)
        } else await ownWebApi.write({ token: known, text: message.text, key: message.key })
        removeFromQueue(shelf, names.queue, message.key)
        setFailure('')
      }
    } catch (error) {
      // Without a connection it simply waits; everything else is said.
      if (error instanceof Refused && error.status !== 0) {
        setFailure(sayFailure(error))
        const [first] = readQueue(shelf, names.queue)
        if (error.status === 422 && first !== undefined) removeFromQueue(shelf, names.queue, first.key)
      }
    } finally {
      isSending.current = false
      setWaiting(readQueue(shelf, names.queue))
    }
    await look()
  }, [shelf, workspace, names.queue, names.token, look])

  useEffect(() => {
    const handleOnline = (): void => void flush()
    const timer = setInterval(() => {
      if (readQueue(shelf, names.queue).length > 0) void flush()
    }, tryEvery)
    addEventListener('online', handleOnline)
    return () => {
      clearInterval(timer)
      removeEventListener('online', handleOnline)
    }
  }, [flush, shelf, names.queue])

  return {
    conversation,
    waiting,
    failure,
    isBegun: token !== undefined || waiting.length > 0,
    say(text, who) {
      visitor.current = who
      const message = { key: crypto.randomUUID(), text, at: Date.now() }
      if (!addToQueue(shelf, names.queue, message))
        setFailure('This browser keeps nothing more. Please try again later.')
      setWaiting(readQueue(shelf, names.queue))
      void flush()
    },
    async sendFile(file) {
      if (token === undefined) return
      setFailure('')
      try {
        await ownWebApi.sendFile(token, file)
        await look()
      } catch (error) {
        setFailure(sayFailure(error))
      }
    },
  }
}
