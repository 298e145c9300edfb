import { useCallback, useState, type FormEvent } from 'react'
import { Frame, Problem } from './frame.tsx'
import { ownWebApi, sayFailure } from './own-web-api.ts'
import { useLoaded } from './use-loaded.ts'
import { words } from './words.ts'

type Survey = Awaited<ReturnType<typeof ownWebApi.readSurvey>>

/** One question after an exchange. */
export function SurveyPage({ token }: { readonly token: string }) {
  const load = useCallback(() => ownWebApi.readSurvey(token), [token])
  const { value, error, reload } = useLoaded(load)
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
      <title>{value.question}</title>
      <SurveyForm token={token} survey={value} />
    </Frame>
  )
}

function SurveyForm({ token, survey }: { readonly token: string; readonly survey: Survey }) {
  const [score, setScore] = useState(survey.score ?? 0)
  const [comment, setComment] = useState(survey.comment)
  const [state, setState] = useState<'open' | 'sending' | 'sent'>(survey.score === null ? 'open' : 'sent')
  const [failure, setFailure] = useState('')
  async function handleSubmit(event: FormEvent): Promise<void> {
    event.preventDefault()
    setState('sending')
    setFailure('')
    try {
      await ownWebApi.answerSurvey({ token, score, comment })
      setState('sent')
    } catch (error) {
      setFailure(sayFailure(error))
      setState('open')
    }
  }
  return (
    <form onSubmit={(event) => void handleSubmit(event)}>
      <Scores
        question={survey.question}
        score={score}
        onScore={(next) => {
          setScore(next)
          setState('open')
        }}
      />
      <label>
        {words.comment}
        <textarea
          rows={3}
          maxLength={2000}
          dir="auto"
          value={comment}
          onChange={(event) => {
            setComment(event.currentTarget.value)
            setState('open')
          }}
        />
      </label>
      {failure !== '' && (
        <p className="failure" role="alert">
          {failure}
        </p>
      )}
      <div role="status">
        {state === 'sent' && (
          <p className="thanks">
            <strong>{words.surveyThanks}</strong> {words.surveyChange}
          </p>
        )}
      </div>
      <button type="submit" disabled={score === 0 || state !== 'open'}>
        {state === 'sending' ? words.sending : words.surveySend}
      </button>
    </form>
  )
}

interface ScoresProps {
  readonly question: string
  readonly score: number
  readonly onScore: (score: number) => void
}

function Scores({ question, score, onScore }: ScoresProps) {
  return (
    <fieldset className="scores">
      <legend>
        <h1>{question}</h1>
      </legend>
      {words.scores.map((title, index) => (
        <label key={title}>
          <input
            type="radio"
            name="score"
            required
            checked={score === index + 1}
            onChange={() => onScore(index + 1)}
          />
          <span className="score">{index + 1}</span> {title}
        </label>
      ))}
    </fieldset>
  )
}
