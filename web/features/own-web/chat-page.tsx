import { useCallback, useEffect, useRef } from 'react'
import { SafeText } from '../../ui/safe-text.tsx'
import { sayExact } from '../../ui/say-time.ts'
import { ChatWriter } from './chat-writer.tsx'
import { Problem } from './frame.tsx'
import type { Shelf } from './message-queue.ts'
import { openShelf } from './open-shelf.ts'
import { ownWebApi, sayFailure } from './own-web-api.ts'
import { useChat, type Chat } from './use-chat.ts'
import { useLoaded } from './use-loaded.ts'
import { words } from './words.ts'

/** The chat that stands in a frame on any page, and by itself at its address. */
export function ChatPage({ workspace }: { readonly workspace: string }) {
  const open = useCallback(() => openShelf(workspace), [workspace])
  const { value: shelf } = useLoaded(open)
  return shelf === undefined ? <main className="chat" /> : <OpenChat workspace={workspace} shelf={shelf} />
}

interface OpenChatProps {
  readonly workspace: string
  readonly shelf: Shelf
}

function OpenChat({ workspace, shelf }: OpenChatProps) {
  const load = useCallback(() => ownWebApi.form(workspace), [workspace])
  const form = useLoaded(load)
  const chat = useChat(workspace, shelf)
  useTellFrame(chat)
  if (form.value === undefined && form.error !== undefined && !chat.isBegun) {
    return (
      <main className="chat">
        <Problem title={sayFailure(form.error)} onRetry={() => void form.reload()} />
      </main>
    )
  }
  const company = form.value?.company ?? chat.conversation?.company ?? ''
  return (
    <main className="chat">
      <title>{company}</title>
      <header className="company">
        <span className="initial" aria-hidden="true">
          {[...company][0]?.toUpperCase()}
        </span>
        <h1>{company}</h1>
      </header>
      <ChatMessages chat={chat} greeting={form.value?.greeting || words.person} />
      <ChatWriter chat={chat} />
    </main>
  )
}

/** The page around us learns how many answers there are and that a conversation has begun, and nothing else. */
function useTellFrame({ conversation, isBegun }: Chat): void {
  const answers = conversation?.messages.filter((message) => message.from === 'us').length ?? 0
  useEffect(() => {
    if (window.parent !== window) window.parent.postMessage({ horseshoe: 'chat', answers, isBegun }, '*')
  }, [answers, isBegun])
}

function ChatMessages({ chat, greeting }: { readonly chat: Chat; readonly greeting: string }) {
  const messages = chat.conversation?.messages ?? []
  const end = useRef<HTMLLIElement>(null)
  const count = messages.length + chat.waiting.length
  useEffect(() => {
    // In braces: newer browsers answer with a promise, which is no way to clean up.
    end.current?.scrollIntoView({ block: 'end' })
  }, [count])
  return (
    <ol
      className="messages"
      aria-live="polite"
      aria-relevant="additions"
      aria-label={words.chat}
      tabIndex={0}
    >
      <li data-from="us" className="greeting">
        {greeting}
      </li>
      {messages.map((message) => (
        <li key={message.id} data-from={message.from}>
          <div className="by">
            <SafeText text={message.from === 'you' ? words.you : message.author} isInline /> ·{' '}
            <time dateTime={message.at}>{sayExact(Date.parse(message.at))}</time>
          </div>
          <SafeText text={message.text} className="bubble" />
        </li>
      ))}
      {chat.waiting.map((message) => (
        <li key={message.key} data-from="you" data-waiting>
          <div className="by">{words.waits}</div>
          <SafeText text={message.text} className="bubble" />
        </li>
      ))}
      <li ref={end} aria-hidden="true" className="end" />
    </ol>
  )
}
