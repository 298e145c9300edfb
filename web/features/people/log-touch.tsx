import { Button, CloseButton, SegmentedControl, Textarea, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type KeyboardEvent, type SubmitEvent, useState } from 'react'
import { api, client } from '../../api.ts'
import { notifyDone, notifyError } from '../../ui/notify.tsx'
import { focusOnMount } from './focus-on-mount.ts'
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

interface Touch {
  readonly kind: (typeof kinds)[number]
  readonly direction: (typeof directions)[number]
  readonly text: string
  readonly name: string
  readonly contact: string
  /** As the browser's own field writes it, in the time of this desk; empty: now. */
  readonly at: string
}

const emptyTouch: Touch = { kind: 'Call', direction: 'in', text: '', name: '', contact: '', at: '' }

/** A call, visit, letter or event, logged in seconds: one field is needed, everything else is guessed. */
export function LogTouch({ personId, caseId, onClose }: LogTouchProps) {
  const [touch, setTouch] = useState(emptyTouch)
  const log = useLog(onClose)
  const isKnown = personId !== undefined
  const canLog = touch.text.trim() !== '' && (isKnown || touch.name.trim() !== '')
  const handleChange = (part: Partial<Touch>) => setTouch((before) => ({ ...before, ...part }))

  function handleSubmit(event: SubmitEvent): void {
    event.preventDefault()
    if (!canLog || log.isPending) return
    const { kind, direction, name, contact } = touch
    const at = (touch.at === '' ? new Date() : new Date(touch.at)).toISOString()
    const who = isKnown ? { personId } : { person: { name: name.trim(), ...contactOf(contact) } }
    const where = caseId === undefined ? {} : { caseId }
    log.mutate({ kind, direction, text: touch.text.trim(), at, ...who, ...where })
  }
  function handleKey(event: KeyboardEvent<HTMLFormElement>): void {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.currentTarget.requestSubmit()
    if (event.key !== 'Escape') return
    event.stopPropagation()
    onClose()
  }

  return (
    <section className={styles.log} aria-label={logWords.title}>
      <div className={styles.head}>
        <h2>{logWords.title}</h2>
        <CloseButton size="sm" aria-label={logWords.close} onClick={onClose} />
      </div>
      {/* Ctrl+Enter logs from any field. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <form onSubmit={handleSubmit} onKeyDown={handleKey}>
        <TouchChoices touch={touch} onChange={handleChange} />
        {!isKnown && <WhoFields touch={touch} onChange={handleChange} />}
        <Textarea
          autosize
          ref={isKnown ? focusOnMount : null}
          minRows={3}
          maxRows={10}
          maxLength={20_000}
          aria-label={logWords.text}
          placeholder={`${logWords.text}. ${logWords.textHint}`}
          value={touch.text}
          onChange={(event) => handleChange({ text: event.currentTarget.value })}
        />
        <div className={styles.foot}>
          <TextInput
            type="datetime-local"
            size="xs"
            aria-label={logWords.at}
            title={logWords.at}
            value={touch.at}
            onChange={(event) => handleChange({ at: event.currentTarget.value })}
          />
          <Button type="submit" size="compact-md" loading={log.isPending} disabled={!canLog}>
            {logWords.log}
          </Button>
        </div>
      </form>
    </section>
  )
}

interface TouchPartProps {
  readonly touch: Touch
  readonly onChange: (part: Partial<Touch>) => void
}

function TouchChoices({ touch, onChange }: TouchPartProps) {
  return (
    <div className={styles.choices}>
      <SegmentedControl
        size="xs"
        aria-label={logWords.kind}
        value={touch.kind}
        onChange={(kind) => onChange({ kind })}
        data={kinds.map((value) => ({ value, label: logWords[value] }))}
      />
      <SegmentedControl
        size="xs"
        aria-label={logWords.direction}
        value={touch.direction}
        onChange={(direction) => onChange({ direction })}
        data={directions.map((value) => ({ value, label: logWords[value] }))}
      />
    </div>
  )
}

function WhoFields({ touch, onChange }: TouchPartProps) {
  return (
    <div className={styles.who}>
      <TextInput
        ref={focusOnMount}
        label={logWords.name}
        maxLength={200}
        value={touch.name}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
      />
      <TextInput
        label={logWords.contact}
        maxLength={320}
        value={touch.contact}
        onChange={(event) => onChange({ contact: event.currentTarget.value })}
      />
    </div>
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
