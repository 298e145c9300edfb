import { useCallback, useRef, useState, type FormEvent } from 'react'
import type { PublicConversation } from '../../../contract/own-web.ts'
import { SafeText } from '../../ui/safe-text.tsx'
import { sayExact } from '../../ui/say-time.ts'
import { Frame, Problem } from './frame.tsx'
import { ownWebApi, sayFailure } from './own-web-api.ts'
import { useLive } from './use-live.ts'
import { useLoaded } from './use-loaded.ts'
import { words } from './words.ts'

const isNew = new URLSearchParams(location.search).has('new')

/** A conversation by its private link. */
export function ConversationPage({ token }: { readonly token: string }) {
  const load = useCallback(() => ownWebApi.read(token), [token])
  const { value, error, reload } = useLoaded(load)
  useLive(token, reload)
  if (value === undefined) {
    return (
      <Frame>
        {error === undefined ? (
          <p className="dim">{words.loading}</p>
        ) : (
          <Problem title={sayFailure(error)} onRetry={() => void reload()} />
        )}
      </Frame>
    )
  }
  return (
    <Frame company={value.company}>
      <title>{words.conversationTitle(value.company)}</title>
      <h1>{words.conversationTitle(value.company)}</h1>
      <KeepLink isNew={isNew} />
      <Messages messages={value.messages} />
      {value.survey !== null && <AskSurvey survey={value.survey} />}
      <WriteAgain token={token} onWritten={reload} />
    </Frame>
  )
}

function KeepLink({ isNew: isJustWritten }: { readonly isNew: boolean }) {
  const [isCopied, setIsCopied] = useState(false)
  const address = location.origin + location.pathname
  async function handleCopy(): Promise<void> {
    await navigator.clipboard.writeText(address)
    setIsCopied(true)
  }
  return (
    <div className="keep">
      {isJustWritten && <strong>{words.arrived}</strong>}
      <p>{words.arrivedAbout}</p>
      <button type="button" className="quiet" onClick={() => void handleCopy()} aria-live="polite">
        {isCopied ? words.copied : words.copyLink}
      </button>
    </div>
  )
}

function Messages({ messages }: { readonly messages: PublicConversation['messages'] }) {
  return (
    <ol className="messages" aria-live="polite" aria-relevant="additions">
      {messages.map((message) => (
        <li key={message.id} data-from={message.from}>
          <div className="by">
            <SafeText text={message.from === 'you' ? words.you : message.author} isInline /> ·{' '}
            <time dateTime={message.at}>{sayExact(Date.parse(message.at))}</time>
          </div>
          <SafeText text={message.text} className="bubble" />
        </li>
      ))}
    </ol>
  )
}

function AskSurvey({ survey }: { readonly survey: NonNullable<PublicConversation['survey']> }) {
  return (
    <div className="ask">
      <strong>{survey.isAnswered ? words.surveyThanks : words.surveyAsk}</strong>
      {!survey.isAnswered && <a href={`/s/${encodeURIComponent(survey.token)}`}>{words.surveyLink}</a>}
    </div>
  )
}

interface WriteAgainProps {
  readonly token: string
  readonly onWritten: () => Promise<void>
}

function WriteAgain({ token, onWritten }: WriteAgainProps) {
  const [text, setText] = useState('')
  const [failure, setFailure] = useState('')
  const [isSending, setIsSending] = useState(false)
  const key = useRef(crypto.randomUUID())
  async function handleSubmit(event: FormEvent): Promise<void> {
    event.preventDefault()
    setIsSending(true)
    setFailure('')
    try {
      await ownWebApi.write({ token, text: text.trim(), key: key.current })
      key.current = crypto.randomUUID()
      setText('')
      await onWritten()
    } catch (error) {
      setFailure(sayFailure(error))
    } finally {
      setIsSending(false)
    }
  }
  return (
    <form onSubmit={(event) => void handleSubmit(event)}>
      <label>
        {words.more}
        <textarea
          required
          rows={3}
          maxLength={10_000}
          dir="auto"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      </label>
      {failure !== '' && (
        <p className="failure" role="alert">
          {failure}
        </p>
      )}
      <button type="submit" disabled={isSending || text.trim() === ''}>
        {isSending ? words.sending : words.send}
      </button>
    </form>
  )
}
