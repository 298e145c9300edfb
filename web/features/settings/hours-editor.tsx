import { ActionIcon, Checkbox, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import type { WeeklyHours } from '../../../contract/workspace.ts'
import { dayFault, nextSpan, toMinutes, toTime, weekdays, type Span, type Weekday } from './day-hours.ts'
import styles from './editors.module.css'
import { words } from './words.ts'

export interface HoursEditorProps {
  readonly value: WeeklyHours
  readonly onChange: (next: WeeklyHours) => void
  readonly isReadOnly?: boolean
}

/** Business hours of a week, up to four spans a day. */
export function HoursEditor({ value, onChange, isReadOnly = false }: HoursEditorProps) {
  return (
    <fieldset className={styles.hours} disabled={isReadOnly}>
      <legend className="hs-visually-hidden">{words.hours}</legend>
      {weekdays.map((day) => (
        <Day
          key={day}
          day={day}
          spans={value[day] ?? []}
          onChange={(spans) => onChange({ ...value, [day]: spans.map(([from, to]) => [from, to]) })}
        />
      ))}
    </fieldset>
  )
}

interface DayProps {
  readonly day: Weekday
  readonly spans: readonly Span[]
  readonly onChange: (spans: readonly Span[]) => void
}

function Day({ day, spans, onChange }: DayProps) {
  const name = words.weekdays[day]
  const fault = dayFault(spans)
  const next = nextSpan(spans)
  const replace = (index: number, span: Span): void =>
    onChange(spans.map((old, at) => (at === index ? span : old)))
  return (
    <div className={styles.day}>
      <Checkbox
        label={name}
        checked={spans.length > 0}
        onChange={(event) => onChange(event.currentTarget.checked ? [[540, 1020]] : [])}
      />
      <div className={styles.spans}>
        {spans.length === 0 && <span className={styles.closed}>{words.closed}</span>}
        {spans.map((span, index) => (
          <SpanRow
            key={index}
            name={name}
            span={span}
            onChange={(changed) => replace(index, changed)}
            onRemove={spans.length > 1 ? () => onChange(spans.filter((_, at) => at !== index)) : undefined}
          />
        ))}
        {fault !== undefined && (
          <span role="alert" className={styles.fault}>
            {fault}
          </span>
        )}
      </div>
      {spans.length > 0 && spans.length < 4 && next !== undefined && (
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={words.addSpan(name)}
          title={words.addSpan(name)}
          onClick={() => onChange([...spans, next])}
        >
          <IconPlus size={16} />
        </ActionIcon>
      )}
    </div>
  )
}

interface SpanRowProps {
  readonly name: string
  readonly span: Span
  readonly onChange: (span: Span) => void
  readonly onRemove: (() => void) | undefined
}

function SpanRow({ name, span, onChange, onRemove }: SpanRowProps) {
  const [from, to] = span
  return (
    <div className={styles.span}>
      <TextInput
        type="time"
        size="xs"
        aria-label={`${name}, ${words.from}`}
        value={toTime(from)}
        onChange={(event) => onChange([toMinutes(event.currentTarget.value, false) ?? from, to])}
      />
      <span aria-hidden>–</span>
      <TextInput
        type="time"
        size="xs"
        aria-label={`${name}, ${words.to}`}
        value={toTime(to)}
        onChange={(event) => onChange([from, toMinutes(event.currentTarget.value, true) ?? to])}
      />
      {onRemove !== undefined && (
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={`${words.removeSpan}, ${name}`}
          onClick={onRemove}
        >
          <IconX size={14} />
        </ActionIcon>
      )}
    </div>
  )
}
