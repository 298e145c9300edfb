import { useState, type FormEvent, type KeyboardEvent } from 'react'
import type { Chat } from './use-chat.ts'
import { readVisitor } from './visitor.ts'
import { words } from './words.ts'

/** Where the visitor writes; Enter sends, Shift and Enter breaks the line. */
export function ChatWriter({ chat }: { readonly chat: Chat }) {
  const [given] = useState(() => readVisitor(location.hash))
  const [text, setText] = useState('')
  const [name, setName] = useState(given.name ?? '')
  const asksName = !chat.isBegun && given.name === undefined
  function handleSubmit(event: FormEvent): void {
    event.preventDefault()
    if (text.trim() === '') return
    chat.say(text.trim(), { ...given, name: name.trim() })
    setText('')
  }
  return (
    <form className="writer" onSubmit={handleSubmit}>
      {chat.failure !== '' && (
        <p className="failure" role="alert">
          {chat.failure}
        </p>
      )}
      {asksName && (
        <label>
          {words.name}
          <input
            required
            maxLength={120}
            autoComplete="name"
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
        </label>
      )}
      <label>
        <span className="unseen">{words.message}</span>
        <textarea
          required
          rows={2}
          maxLength={10_000}
          dir="auto"
          placeholder={words.message}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={sendByEnter}
        />
      </label>
      <div className="row">
        {chat.conversation !== undefined && <FileButton onFile={(file) => void chat.sendFile(file)} />}
        <button type="submit" disabled={text.trim() === ''}>
          {words.send}
        </button>
      </div>
    </form>
  )
}

function sendByEnter(event: KeyboardEvent<HTMLTextAreaElement>): void {
  if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
  event.preventDefault()
  event.currentTarget.form?.requestSubmit()
}

function FileButton({ onFile }: { readonly onFile: (file: File) => void }) {
  return (
    <label className="file">
      {words.file}
      <input
        type="file"
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? []
          event.currentTarget.value = ''
          if (file !== undefined) onFile(file)
        }}
      />
    </label>
  )
}
