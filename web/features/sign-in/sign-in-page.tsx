import { Alert, Button, Checkbox, Divider, PasswordInput, Stack, TextInput } from '@mantine/core'
import { IconKey } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState, type FormEvent } from 'react'
import {
  canUsePasskeys,
  readAuthOptions,
  signInElsewhere,
  signInWithPasskey,
  signInWithPassword,
  verifyCode,
  type AuthFailure,
} from './auth-api.ts'
import { OutsideFrame } from './outside-frame.tsx'
import { safeReturn } from './safe-return.ts'
import { words } from './words.ts'

const route = getRouteApi('/sign-in')

export function SignInPage() {
  const search = route.useSearch()
  const [needsCode, setNeedsCode] = useState(false)
  const to = safeReturn(search['to'])
  // A full load: what was shown to whoever was signed in before must not stay in memory.
  const handleDone = (): void => location.assign(to)
  if (needsCode) return <CodeForm onDone={handleDone} onBack={() => setNeedsCode(false)} />
  return (
    <PasswordForm
      to={to}
      hasFailed={search['failed'] !== undefined}
      onDone={handleDone}
      onCode={() => setNeedsCode(true)}
    />
  )
}

interface PasswordFormProps {
  readonly to: string
  readonly hasFailed: boolean
  readonly onDone: () => void
  readonly onCode: () => void
}

function PasswordForm({ to, hasFailed, onDone, onCode }: PasswordFormProps) {
  const [failure, setFailure] = useState(hasFailed ? words.serviceFailed : '')
  const [isBusy, setIsBusy] = useState(false)

  async function run(work: () => Promise<{ readonly isOk: true } | AuthFailure>): Promise<boolean> {
    setIsBusy(true)
    setFailure('')
    const result = await work()
    setIsBusy(false)
    if (!result.isOk) setFailure(result.words)
    return result.isOk
  }
  async function handlePassword(email: string, password: string): Promise<void> {
    let isCodeAsked = false
    const isOk = await run(async () => {
      const result = await signInWithPassword(email, password)
      if (result.isOk) isCodeAsked = result.value.needsCode
      return result
    })
    if (isOk) (isCodeAsked ? onCode : onDone)()
  }
  async function handlePasskey(): Promise<void> {
    if (await run(signInWithPasskey)) onDone()
  }
  async function handleService(id: string): Promise<void> {
    await run(async () => {
      const result = await signInElsewhere(id, to)
      if (result.isOk) location.assign(result.value.url)
      return result
    })
  }

  return (
    <OutsideFrame title={words.signIn}>
      <Fields
        failure={failure}
        isBusy={isBusy}
        onSubmit={(email, password) => void handlePassword(email, password)}
      />
      <OtherWays onPasskey={() => void handlePasskey()} onService={(id) => void handleService(id)} />
    </OutsideFrame>
  )
}

interface FieldsProps {
  readonly failure: string
  readonly isBusy: boolean
  readonly onSubmit: (email: string, password: string) => void
}

function Fields({ failure, isBusy, onSubmit }: FieldsProps) {
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  function handleSubmit(event: FormEvent): void {
    event.preventDefault()
    onSubmit(email.trim(), password)
  }
  return (
    <form onSubmit={handleSubmit}>
      <Stack gap="sm">
        {failure !== '' && (
          <Alert color="red" role="alert">
            {failure}
          </Alert>
        )}
        <TextInput
          label={words.email}
          type="email"
          autoComplete="username webauthn"
          required
          withAsterisk={false}
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <PasswordInput
          label={words.password}
          autoComplete="current-password"
          required
          withAsterisk={false}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Button type="submit" loading={isBusy} fullWidth mt={4}>
          {words.signIn}
        </Button>
      </Stack>
    </form>
  )
}

interface OtherWaysProps {
  readonly onPasskey: () => void
  readonly onService: (id: string) => void
}

function OtherWays({ onPasskey, onService }: OtherWaysProps) {
  const options = useQuery({ queryKey: ['auth-options'], queryFn: readAuthOptions })
  const services = options.data?.oidc ?? []
  if (!canUsePasskeys() && services.length === 0) return null
  return (
    <Stack gap="xs" mt="md">
      <Divider label={words.or} />
      {services.map((service) => (
        <Button key={service.id} variant="default" onClick={() => onService(service.id)}>
          {words.withService(service.title)}
        </Button>
      ))}
      {canUsePasskeys() && (
        <Button variant="default" leftSection={<IconKey size={16} />} onClick={onPasskey}>
          {words.withPasskey}
        </Button>
      )}
    </Stack>
  )
}

function CodeForm({ onDone, onBack }: { readonly onDone: () => void; readonly onBack: () => void }) {
  const [code, setCode] = useState('')
  const [isTrusted, setIsTrusted] = useState(false)
  const [failure, setFailure] = useState('')
  const [isBusy, setIsBusy] = useState(false)
  async function handleSubmit(event: FormEvent): Promise<void> {
    event.preventDefault()
    setIsBusy(true)
    const result = await verifyCode(code.trim(), isTrusted)
    setIsBusy(false)
    if (result.isOk) return onDone()
    setFailure(result.words)
  }
  return (
    <OutsideFrame title={words.codeTitle} about={words.codeAbout}>
      <form onSubmit={(event) => void handleSubmit(event)}>
        <Stack gap="sm">
          <TextInput
            label={words.code}
            inputMode="numeric"
            autoComplete="one-time-code"
            required
            withAsterisk={false}
            data-autofocus
            ref={(input) => input?.focus()}
            value={code}
            error={failure === '' ? undefined : failure}
            onChange={(event) => setCode(event.currentTarget.value)}
          />
          <Checkbox
            label={words.trust}
            checked={isTrusted}
            onChange={(event) => setIsTrusted(event.currentTarget.checked)}
          />
          <Button type="submit" loading={isBusy} fullWidth>
            {words.confirm}
          </Button>
          <Button variant="subtle" color="gray" onClick={onBack}>
            {words.back}
          </Button>
        </Stack>
      </form>
    </OutsideFrame>
  )
}
