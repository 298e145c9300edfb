import { PasswordInput, Radio, Select, Stack, TextInput } from '@mantine/core'
import type { CompanyFunction, WeeklyHours } from '../../../contract/workspace.ts'
import { timeZones } from '../../ui/time-zones.ts'
import { FunctionsEditor } from '../settings/functions-editor.tsx'
import { HoursEditor } from '../settings/hours-editor.tsx'
import styles from './setup.module.css'
import { words } from './words.ts'

export interface Answers {
  readonly name: string
  readonly email: string
  readonly password: string
  readonly workspaceName: string
  readonly timeZone: string
  readonly functions: readonly CompanyFunction[]
  readonly weekly: WeeklyHours
  readonly withSample: boolean
}

export interface StepProps {
  readonly answers: Answers
  readonly onChange: (part: Partial<Answers>) => void
}

export function YouStep({ answers, onChange }: StepProps) {
  return (
    <Stack gap="sm">
      <TextInput
        label={words.name}
        autoComplete="name"
        required
        withAsterisk={false}
        maxLength={120}
        value={answers.name}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
      />
      <TextInput
        label={words.email}
        type="email"
        autoComplete="email"
        required
        withAsterisk={false}
        value={answers.email}
        onChange={(event) => onChange({ email: event.currentTarget.value })}
      />
      <PasswordInput
        label={words.password}
        description={words.passwordHint}
        autoComplete="new-password"
        required
        withAsterisk={false}
        minLength={12}
        maxLength={256}
        value={answers.password}
        onChange={(event) => onChange({ password: event.currentTarget.value })}
      />
    </Stack>
  )
}

export function CompanyStep({ answers, onChange }: StepProps) {
  return (
    <Stack gap="md">
      <div className={styles.pair}>
        <TextInput
          label={words.workspaceName}
          autoComplete="organization"
          required
          withAsterisk={false}
          maxLength={120}
          value={answers.workspaceName}
          onChange={(event) => onChange({ workspaceName: event.currentTarget.value })}
        />
        <Select
          label={words.timeZone}
          searchable
          data={timeZones()}
          value={answers.timeZone}
          onChange={(zone) => onChange({ timeZone: zone ?? answers.timeZone })}
        />
      </div>
      <section>
        <h2 className={styles.title}>{words.functions}</h2>
        <p className={styles.about}>{words.functionsAbout}</p>
        <FunctionsEditor value={answers.functions} onChange={(functions) => onChange({ functions })} />
      </section>
      <section>
        <h2 className={styles.title}>{words.hours}</h2>
        <p className={styles.about}>{words.hoursAbout}</p>
        <HoursEditor value={answers.weekly} onChange={(weekly) => onChange({ weekly })} />
      </section>
    </Stack>
  )
}

export function BeginStep({ answers, onChange }: StepProps) {
  return (
    <Radio.Group
      aria-label={words.beginTitle}
      value={answers.withSample ? 'sample' : 'empty'}
      onChange={(choice) => onChange({ withSample: choice === 'sample' })}
    >
      <Stack gap="sm">
        <Choice value="sample" title={words.sampleTitle} about={words.sampleAbout} />
        <Choice value="empty" title={words.emptyTitle} about={words.emptyAbout} />
      </Stack>
    </Radio.Group>
  )
}

interface ChoiceProps {
  readonly value: string
  readonly title: string
  readonly about: string
}

function Choice({ value, title, about }: ChoiceProps) {
  return (
    <Radio
      value={value}
      label={title}
      description={about}
      className={styles.choice}
      styles={{ body: { alignItems: 'flex-start' }, label: { fontWeight: 500 } }}
    />
  )
}
