import { Alert, Button, PasswordInput, Stack, TextInput } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { queryClient } from '../../api.ts'
import { meQuery, useSession } from '../../session.ts'
import { notifyDone } from '../../ui/notify.tsx'
import { Card } from '../../ui/page.tsx'
import { QrCode } from '../../ui/qr-code.tsx'
import { beginTwoFactor, endTwoFactor, verifyCode } from '../sign-in/auth-api.ts'
import { CopyField } from '../../ui/copy-field.tsx'
import styles from './settings.module.css'
import { securityWords as words } from './words.ts'

interface Begun {
  readonly totpURI: string
  readonly backupCodes: readonly string[]
}

/** Two-factor: the password, then the key for the app, then a first code proves that it works. */
export function TwoFactorCard() {
  const { user } = useSession()
  const [begun, setBegun] = useState<Begun>()
  const [failure, setFailure] = useState('')
  async function handlePassword(password: string): Promise<void> {
    const result = user.twoFactor ? await endTwoFactor(password) : await begin(password)
    setFailure(result.isOk ? '' : result.words)
    if (result.isOk && user.twoFactor) await finish(words.off)
  }
  async function begin(password: string) {
    const result = await beginTwoFactor(password)
    if (result.isOk) setBegun(result.value)
    return result
  }
  async function handleCode(code: string): Promise<void> {
    const result = await verifyCode(code, false)
    setFailure(result.isOk ? '' : result.words)
    if (result.isOk) await finish(words.on)
  }
  async function finish(said: string): Promise<void> {
    setBegun(undefined)
    notifyDone(said)
    await queryClient.invalidateQueries({ queryKey: meQuery.queryKey })
  }
  return (
    <Card title={words.two} about={user.twoFactor ? words.twoOn : words.twoOff}>
      {failure !== '' && (
        <Alert color="red" mb="sm" role="alert">
          {failure}
        </Alert>
      )}
      {begun === undefined ? (
        <PasswordStep
          button={user.twoFactor ? words.switchOff : words.switchOn}
          onPassword={handlePassword}
        />
      ) : (
        <CodeStep begun={begun} onCode={handleCode} />
      )}
    </Card>
  )
}

interface PasswordStepProps {
  readonly button: string
  readonly onPassword: (password: string) => Promise<void>
}

function PasswordStep({ button, onPassword }: PasswordStepProps) {
  const [password, setPassword] = useState('')
  function handleSubmit(event: FormEvent): void {
    event.preventDefault()
    void onPassword(password)
  }
  return (
    <form onSubmit={handleSubmit}>
      <Stack gap="sm" maw={360}>
        <PasswordInput
          label={words.confirmPassword}
          autoComplete="current-password"
          required
          withAsterisk={false}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <div>
          <Button type="submit" variant="default">
            {button}
          </Button>
        </div>
      </Stack>
    </form>
  )
}

interface CodeStepProps {
  readonly begun: Begun
  readonly onCode: (code: string) => Promise<void>
}

function CodeStep({ begun, onCode }: CodeStepProps) {
  const [code, setCode] = useState('')
  const key = new URL(begun.totpURI).searchParams.get('secret') ?? ''
  function handleSubmit(event: FormEvent): void {
    event.preventDefault()
    void onCode(code.trim())
  }
  return (
    <form onSubmit={handleSubmit}>
      <Stack gap="md" maw={600}>
        <div>
          <div className={styles.strong}>{words.scan}</div>
          <div className={styles.dim}>{words.scanAbout}</div>
        </div>
        <QrCode text={begun.totpURI} label={words.picture} />
        <CopyField label={words.key} value={key.replaceAll(/(.{4})(?=.)/g, '$1 ')} />
        <a href={begun.totpURI} className={styles.link}>
          {words.openApp}
        </a>
        <div>
          <div className={styles.strong}>{words.backup}</div>
          <div className={styles.dim}>{words.backupAbout}</div>
          <ul className={styles.codes}>
            {begun.backupCodes.map((backup) => (
              <li key={backup}>
                <code>{backup}</code>
              </li>
            ))}
          </ul>
        </div>
        <TextInput
          label={words.code}
          inputMode="numeric"
          autoComplete="one-time-code"
          pattern="\d{6}"
          required
          withAsterisk={false}
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
          maw={280}
        />
        <div>
          <Button type="submit">{words.confirm}</Button>
        </div>
      </Stack>
    </form>
  )
}
