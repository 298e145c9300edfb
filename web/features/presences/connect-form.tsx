import { Button, NumberInput, PasswordInput, Select, Switch, Textarea, TextInput } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import type { ConnectField } from '../../../contract/connections.ts'
import styles from './presences.module.css'
import { words } from './words.ts'

export interface Given {
  readonly config: Record<string, string>
  readonly secrets: Record<string, string>
}

interface ConnectFormProps {
  readonly fields: readonly ConnectField[]
  /** What is set already. Secrets are never shown; only that they are there. */
  readonly config?: Readonly<Record<string, string>>
  readonly secretsSet?: readonly string[]
  readonly submit: string
  readonly isBusy: boolean
  readonly onSubmit: (given: Given) => void
}

/** The questions of a channel's manifest. */
export function ConnectForm({
  fields,
  config = {},
  secretsSet = [],
  submit,
  isBusy,
  onSubmit,
}: ConnectFormProps) {
  const [values, setValues] = useState<Readonly<Record<string, string>>>(() =>
    Object.fromEntries(
      fields.map((field) => [field.name, field.isSecret ? '' : (config[field.name] ?? field.initial)]),
    ),
  )
  function handleSubmit(event: FormEvent): void {
    event.preventDefault()
    const given = (isSecret: boolean) =>
      fields
        .filter((field) => field.isSecret === isSecret)
        .map((field): [string, string] => [field.name, values[field.name] ?? ''])
    onSubmit({
      config: Object.fromEntries(given(false)),
      // A secret that is left empty stays as it is.
      secrets: Object.fromEntries(given(true).filter(([, value]) => value !== '')),
    })
  }
  return (
    <form onSubmit={handleSubmit} className={styles.form} style={{ marginTop: 12 }}>
      {fields.map((field) => (
        <Question
          key={field.name}
          field={field}
          isSet={secretsSet.includes(field.name)}
          value={values[field.name] ?? ''}
          onChange={(value) => setValues((before) => ({ ...before, [field.name]: value }))}
        />
      ))}
      <div>
        <Button type="submit" loading={isBusy}>
          {submit}
        </Button>
      </div>
    </form>
  )
}

interface QuestionProps {
  readonly field: ConnectField
  readonly isSet: boolean
  readonly value: string
  readonly onChange: (value: string) => void
}

function Question({ field, isSet, value, onChange }: QuestionProps) {
  const common = {
    label: field.label,
    description: isSet ? words.secretSet : field.help,
    required: field.isRequired && !isSet,
    withAsterisk: false,
    value,
  }
  const typed = (event: { readonly currentTarget: { readonly value: string } }): void =>
    onChange(event.currentTarget.value)
  switch (field.kind) {
    case 'password':
      return <PasswordInput {...common} autoComplete="off" onChange={typed} />
    case 'number':
      return <NumberInput {...common} hideControls onChange={(number) => onChange(String(number))} />
    case 'choice':
      return (
        <Select
          {...common}
          allowDeselect={false}
          data={field.choices.map((choice) => ({ ...choice }))}
          onChange={(choice) => onChange(choice ?? '')}
        />
      )
    case 'toggle':
      return (
        <Switch
          label={common.label}
          description={common.description}
          checked={value === 'true'}
          onChange={(event) => onChange(event.currentTarget.checked ? 'true' : 'false')}
        />
      )
    case 'long-text':
      return <Textarea {...common} autosize minRows={3} onChange={typed} />
    default:
      return (
        <TextInput
          {...common}
          type={field.kind === 'url' ? 'url' : 'text'}
          autoComplete="off"
          spellCheck={false}
          onChange={typed}
        />
      )
  }
}
