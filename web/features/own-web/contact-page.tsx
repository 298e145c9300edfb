import { useCallback, useRef, useState, type FormEvent } from 'react'
import { Frame, Problem } from './frame.tsx'
import { ownWebApi, sayFailure } from './own-web-api.ts'
import { useLoaded } from './use-loaded.ts'
import { words } from './words.ts'

const isEmbedded = new URLSearchParams(location.search).has('embedded')

/** The form that anybody can write to. */
export function ContactPage({ workspace }: { readonly workspace: string }) {
  const load = useCallback(() => ownWebApi.form(workspace), [workspace])
  const form = useLoaded(load)
  if (form.value === undefined) {
    return (
      <Frame>
        {form.error === undefined ? (
          <p className="dim">{words.loading}</p>
        ) : (
          <Problem title={sayFailure(form.error)} onRetry={() => void form.reload()} />
        )}
      </Frame>
    )
  }
  const { company, greeting } = form.value
  return (
    <Frame company={company}>
      <title>{words.contactTitle(company)}</title>
      <h1>{words.contactTitle(company)}</h1>
      <p className="dim">{greeting || words.person}</p>
      <ContactForm workspace={workspace} />
    </Frame>
  )
}

function ContactForm({ workspace }: { readonly workspace: string }) {
  // One key for one message: pressing twice, or trying again after a lost connection, writes once.
  const key = useRef(crypto.randomUUID())
  const [failure, setFailure] = useState('')
  const [isSending, setIsSending] = useState(false)
  async function handleSubmit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault()
    const fields = new FormData(event.currentTarget)
    const email = textOf(fields, 'email')
    setIsSending(true)
    setFailure('')
    try {
      const { token } = await ownWebApi.start({
        workspace,
        name: textOf(fields, 'name'),
        text: textOf(fields, 'text'),
        key: key.current,
        ...(email === '' ? {} : { email }),
      })
      location.assign(`/c/${encodeURIComponent(token)}?new${isEmbedded ? '&embedded' : ''}`)
    } catch (error) {
      setFailure(sayFailure(error))
      setIsSending(false)
    }
  }
  return (
    <form onSubmit={(event) => void handleSubmit(event)}>
      <label>
        {words.name}
        <input name="name" autoComplete="name" required maxLength={120} />
      </label>
      <label>
        {words.email}
        <input
          name="email"
          type="email"
          autoComplete="email"
          maxLength={320}
          aria-describedby="email-about"
        />
        <small id="email-about">{words.emailAbout}</small>
      </label>
      <label>
        {words.message}
        <textarea name="text" required rows={6} maxLength={10_000} dir="auto" />
      </label>
      {failure !== '' && (
        <p className="failure" role="alert">
          {failure}
        </p>
      )}
      <button type="submit" disabled={isSending}>
        {isSending ? words.sending : words.send}
      </button>
    </form>
  )
}

function textOf(fields: FormData, name: string): string {
  const value = fields.get(name)
  return typeof value === 'string' ? value.trim() : ''
}
