import { Alert, Button, PasswordInput, Stack } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { notifyDone } from '../../ui/notify.tsx'
import { Card } from '../../ui/page.tsx'
import { changePassword } from '../sign-in/auth-api.ts'
import { PasskeysCard } from './passkeys-card.tsx'
import { TwoFactorCard } from './two-factor-card.tsx'
import { securityWords as words } from './words.ts'

export function SecurityTab() {
  return (
    <>
      <PasswordCard />
      <TwoFactorCard />
      <PasskeysCard />
    </>
  )
}

function PasswordCard() {
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const [failure, setFailure] = useState('')
  const [isBusy, setIsBusy] = useState(false)
  async function handleSubmit(event: FormEvent): Promise<void> {
    event.preventDefault()
    setIsBusy(true)
    const result = await changePassword(current, next)
    setIsBusy(false)
    setFailure(result.isOk ? '' : result.words)
    if (!result.isOk) return
    setCurrent('')
    setNext('')
    notifyDone(words.changed)
  }
  return (
    <Card title={words.password}>
      <form onSubmit={(event) => void handleSubmit(event)}>
        <Stack gap="sm" maw={360}>
          {failure !== '' && (
            <Alert color="red" role="alert">
              {failure}
            </Alert>
          )}
          <PasswordInput
            label={words.current}
            autoComplete="current-password"
            required
            withAsterisk={false}
            value={current}
            onChange={(event) => setCurrent(event.currentTarget.value)}
          />
          <PasswordInput
            label={words.next}
            description={words.hint}
            autoComplete="new-password"
            required
            withAsterisk={false}
            minLength={12}
            value={next}
            onChange={(event) => setNext(event.currentTarget.value)}
          />
          <div>
            <Button type="submit" loading={isBusy}>
              {words.change}
            </Button>
          </div>
        </Stack>
      </form>
    </Card>
  )
}
