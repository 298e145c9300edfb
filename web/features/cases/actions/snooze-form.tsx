import { Button, TextInput } from '@mantine/core'
import { type SubmitEvent, useState } from 'react'
import styles from './forms.module.css'
import { actionWords } from './words.ts'

/** `2026-03-02T09:00` in the time of this desk, as the browser's own field wants it. */
function toLocalField(date: Date): string {
  const local = new Date(date.getTime() - date.getTimezoneOffset() * 60_000)
  return local.toISOString().slice(0, 16)
}

/** Any time ahead. */
export function SnoozeForm({
  now,
  onPick,
}: {
  readonly now: number
  readonly onPick: (until: Date) => void
}) {
  const [value, setValue] = useState(() => toLocalField(new Date(now + 24 * 3_600_000)))
  const until = new Date(value)
  const isAhead = until.getTime() > now

  function handleSubmit(event: SubmitEvent): void {
    event.preventDefault()
    if (isAhead) onPick(until)
  }

  return (
    <form onSubmit={handleSubmit} className={styles.form}>
      <TextInput
        data-autofocus
        type="datetime-local"
        label={actionWords.chooseTime}
        min={toLocalField(new Date(now))}
        value={value}
        onChange={(event) => setValue(event.currentTarget.value)}
      />
      <Button type="submit" disabled={!isAhead}>
        {actionWords.snooze}
      </Button>
    </form>
  )
}
