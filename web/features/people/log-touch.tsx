import { Button, CloseButton, SegmentedControl, Textarea, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type KeyboardEvent, type SubmitEvent, useState } from 'react'
import { api, client } from '../../api.ts'
import { notifyDone, notifyError } from '../../ui/notify.tsx'
import styles from './log-touch.module.css'
import { logWords } from './words.ts'

const kinds = ['Call', 'Visit', 'Letter', 'Event'] as const
const directions = ['in', 'out'] as const

export interface LogTouchProps {
  /** Left out where the person is not known yet. */
  readonly personId?: string
  readonly caseId?: string
  readonly onClose: () => void
}

/** A call, visit, letter or event, logged in seconds: one field is needed, everything else is guessed. */
export function LogTouch({ personId, caseId, onClose }: LogTouchProps) {
  const [kind, setKind] = useState<(typeof kinds)[number]>('Call')
  const [direction, setDirection] = useState<(typeof directions)[number]>('in')
  const [text, setText] = useState('')
  const [name, setName] = useState('')
  const [contact, setContact] = useState('')
  const log = useLog(onClose)
  const canLog = text.trim() !== '' && (personId !== undefined || name.trim() !== '')

  function handleSubmit(event: SubmitEvent): void {
    event.preventDefault()
    if (!canLog || log.isPending) return
    const at = new Date().toISOString()
    const who =
      personId === undefined ? { person: { name: name.trim(), ...contactOf(contact) } } : { personId }
    log.mutate({
      kind,
      direction,
      text: text.trim(),
      at,
      ...who,
      ...(caseId === undefined ? {} : { caseId }),
    })
  }
  function handleKey(event: KeyboardEvent<HTMLFormElement>): void {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.currentTarget.requestSubmit()
    if (event.key === 'Escape') {
      event.stopPropagation()
      onClose()
    }
  }

  return (
    <section className={styles.log} aria-label={logWords.title}>
      <div className={styles.head}>
        <h3>{logWords.title}</h3>
        <CloseButton size="sm" aria-label={logWords.close} onClick={onClose} />
      </div>
      {/* Ctrl+Enter logs from any field. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <form onSubmit={handleSubmit} onKeyDown={handleKey}>
        <div className={styles.choices}>
          <SegmentedControl
            size="xs"
            aria-label={logWords.kind}
            value={kind}
            onChange={(value) => setKind(kinds.find((candidate) => candidate === value) ?? kind)}
            data={kinds.map((value) => ({ value, label: logWords[value] }))}
          />
          <SegmentedControl
            size="xs"
            aria-label={logWords.direction}
            value={direction}
            onChange={(value) =>
              setDirection(directions.find((candidate) => candidate === value) ?? direction)
            }
            data={directions.map((value) => ({ value, label: logWords[value] }))}
          />
        </div>
        {personId === undefined && (
          <div className={styles.who}>
            <TextInput
              label={logWords.name}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
              maxLength={200}
            />
            <TextInput
              label={logWords.contact}
              value={contact}
              onChange={(event) => setContact(event.currentTarget.value)}
              maxLength={320}
            />
          </div>
        )}
        <Textarea
          autosize
          autoFocus={personId !== undefined}
          minRows={3}
          maxRows={10}
          maxLength={20_000}
          aria-label={logWords.text}
          placeholder={`${logWords.text}. ${logWords.textHint}`}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Button type="submit" size="compact-md" loading={log.isPending} disabled={!canLog}>
          {logWords.log}
        </Button>
      </form>
    </section>
  )
}

function contactOf(contact: string): { email?: string; phone?: string } {
  const written = contact.trim()
  if (written === '') return {}
  return written.includes('@') ? { email: written } : { phone: written.slice(0, 40) }
}

function useLog(onDone: () => void) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (input: Parameters<typeof client.engagements.log>[0]) => client.engagements.log(input),
    onSuccess: () => {
      notifyDone(logWords.logged)
      onDone()
    },
    onError: notifyError,
    onSettled: () => {
      void queryClient.invalidateQueries({ queryKey: api.people.key() })
      void queryClient.invalidateQueries({ queryKey: api.cases.thread.key() })
      void queryClient.invalidateQueries({ queryKey: api.cases.get.key() })
    },
  })
}
