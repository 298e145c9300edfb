import { Alert, Button, PasswordInput, Stack, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { api, type Client } from '../../api.ts'
import { errorCode, errorLine } from '../../error-words.ts'
import { meQuery } from '../../session.ts'
import { ErrorState, Lines } from '../../ui/states.tsx'
import { signInWithPassword } from './auth-api.ts'
import { OutsideFrame } from './outside-frame.tsx'
import { words } from './words.ts'

type Offer = Awaited<ReturnType<Client['invitations']['look']>>

/** The token stands behind `#`, so that it never reaches a log on the way. */
export function InvitationPage() {
  const token = location.hash.slice(1)
  const offer = useQuery(
    api.invitations.look.queryOptions({ input: { token }, retry: false, enabled: token.length >= 20 }),
  )
  const isGone = token.length < 20 || /GONE|NOT_FOUND|INVALID|BAD_REQUEST/.test(errorCode(offer.error) ?? '')
  if (isGone) {
    return (
      <OutsideFrame title={words.invitationGone} about={words.invitationGoneAbout}>
        {null}
      </OutsideFrame>
    )
  }
  if (offer.error !== null) return <ErrorState error={offer.error} onRetry={() => void offer.refetch()} />
  if (offer.data === undefined) return <Lines rows={3} />
  return (
    <OutsideFrame
      title={words.invitationTitle(offer.data.workspace)}
      about={words.invitationAbout(offer.data.email, offer.data.role)}
    >
      <JoinForm token={token} offer={offer.data} />
    </OutsideFrame>
  )
}

function JoinForm({ token, offer }: { readonly token: string; readonly offer: Offer }) {
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  const me = useQuery({ ...meQuery, retry: false, enabled: offer.hasAccount })
  const isSignedIn = me.data?.user.email.toLowerCase() === offer.email.toLowerCase()
  const join = useMutation({
    mutationFn: async () => {
      if (offer.hasAccount && !isSignedIn) await signInFirst(offer.email, password)
      const account = offer.hasAccount ? {} : { name, password }
      const joined = await api.invitations.accept.call({ token, ...account })
      if (!offer.hasAccount) await signInFirst(offer.email, password)
      return joined
    },
    onSuccess: ({ workspace }) => location.assign(`/w/${workspace}/today`),
  })
  function handleSubmit(event: FormEvent): void {
    event.preventDefault()
    join.mutate()
  }
  return (
    <form onSubmit={handleSubmit}>
      <Stack gap="sm">
        {join.error !== null && (
          <Alert color="red" role="alert">
            {errorLine(join.error)}
          </Alert>
        )}
        {!offer.hasAccount && (
          <TextInput
            label={words.yourName}
            autoComplete="name"
            required
            withAsterisk={false}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
        )}
        {!isSignedIn && (
          <PasswordInput
            label={offer.hasAccount ? words.password : words.newPassword}
            description={offer.hasAccount ? undefined : words.passwordHint}
            autoComplete={offer.hasAccount ? 'current-password' : 'new-password'}
            required
            withAsterisk={false}
            minLength={offer.hasAccount ? undefined : 12}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
        )}
        <Button type="submit" loading={join.isPending}>
          {words.join}
        </Button>
      </Stack>
    </form>
  )
}

async function signInFirst(email: string, password: string): Promise<void> {
  const result = await signInWithPassword(email, password)
  if (!result.isOk) throw new Error(result.words)
  if (!result.value.needsCode) return
  // The code is asked on the sign-in page, which leads back to this invitation.
  location.assign(`/sign-in?to=${encodeURIComponent(location.pathname + location.hash)}`)
  await new Promise(() => {})
}
