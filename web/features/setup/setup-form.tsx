import { Alert, Button, Group } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { api } from '../../api.ts'
import { errorLine } from '../../error-words.ts'
import { ownTimeZone } from '../../ui/time-zones.ts'
import { usualWeek } from '../settings/day-hours.ts'
import { usualFunctions } from '../settings/function-key.ts'
import { signInWithPassword } from '../sign-in/auth-api.ts'
import { OutsideFrame } from '../sign-in/outside-frame.tsx'
import { BeginStep, CompanyStep, YouStep, type Answers } from './setup-steps.tsx'
import styles from './setup.module.css'
import { words } from './words.ts'

const about = [words.you, words.company, undefined]

export function SetupForm({ token }: { readonly token: string }) {
  const [step, setStep] = useState(0)
  const [answers, setAnswers] = useState<Answers>(() => ({
    name: '',
    email: '',
    password: '',
    workspaceName: '',
    timeZone: ownTimeZone(),
    functions: usualFunctions,
    weekly: usualWeek,
    withSample: true,
  }))
  const create = useMutation({ mutationFn: () => createOwner(token, answers), onSuccess: goToToday })
  const isLast = step === words.steps.length - 1
  function handleSubmit(event: FormEvent): void {
    event.preventDefault()
    if (isLast) create.mutate()
    else setStep(step + 1)
  }
  const change = (part: Partial<Answers>): void => setAnswers((before) => ({ ...before, ...part }))
  return (
    <OutsideFrame title={isLast ? words.beginTitle : words.title} about={about[step]} isWide>
      <Progress step={step} />
      <form onSubmit={handleSubmit} className={styles.form}>
        {create.error !== null && (
          <Alert color="red" role="alert">
            {errorLine(create.error)}
          </Alert>
        )}
        {step === 0 && <YouStep answers={answers} onChange={change} />}
        {step === 1 && <CompanyStep answers={answers} onChange={change} />}
        {isLast && <BeginStep answers={answers} onChange={change} />}
        <Group justify="space-between" mt="md">
          {step > 0 ? (
            <Button variant="default" onClick={() => setStep(step - 1)}>
              {words.back}
            </Button>
          ) : (
            <span />
          )}
          <Button type="submit" loading={create.isPending}>
            {isLast ? words.finish : words.next}
          </Button>
        </Group>
      </form>
    </OutsideFrame>
  )
}

function Progress({ step }: { readonly step: number }) {
  return (
    <ol className={styles.progress}>
      {words.steps.map((title, index) => (
        <li
          key={title}
          aria-current={index === step ? 'step' : undefined}
          data-done={index < step || undefined}
        >
          {title}
        </li>
      ))}
    </ol>
  )
}

async function createOwner(token: string, answers: Answers): Promise<string> {
  const { weekly, functions, ...rest } = answers
  const { workspace } = await api.setup.createOwner.call({
    ...rest,
    token,
    functions: [...functions],
    hours: { weekly, holidays: [] },
  })
  const result = await signInWithPassword(answers.email, answers.password)
  if (!result.isOk) throw new Error(result.words)
  return workspace
}

function goToToday(workspace: string): void {
  location.assign(`/w/${workspace}/today`)
}
