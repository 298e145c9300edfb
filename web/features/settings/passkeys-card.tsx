import { Alert, Button, Group, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { queryClient } from '../../api.ts'
import { Card } from '../../ui/page.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { addPasskey, canUsePasskeys, listPasskeys, removePasskey } from '../sign-in/auth-api.ts'
import { ConfirmButton } from '../../ui/confirm-button.tsx'
import styles from './settings.module.css'
import { securityWords as words } from './words.ts'

const passkeysKey = ['passkeys'] as const

export function PasskeysCard() {
  const passkeys = useQuery({
    queryKey: passkeysKey,
    queryFn: async () => {
      const result = await listPasskeys()
      if (!result.isOk) throw new Error(result.words)
      return result.value
    },
  })
  const [failure, setFailure] = useState('')
  async function run(
    work: Promise<{ readonly isOk: true } | { readonly isOk: false; readonly words: string }>,
  ) {
    const result = await work
    setFailure(result.isOk ? '' : result.words)
    await queryClient.invalidateQueries({ queryKey: passkeysKey })
  }
  const problem = failure || passkeys.error?.message
  return (
    <Card title={words.passkeys} about={words.passkeysAbout}>
      {problem !== undefined && problem !== '' && (
        <Alert color="red" mb="sm" role="alert">
          {problem}
        </Alert>
      )}
      {passkeys.data?.length === 0 && <p className={styles.dim}>{words.noPasskeys}</p>}
      <ul className={styles.list}>
        {passkeys.data?.map((passkey) => (
          <li key={passkey.id}>
            <div>
              <span className={styles.strong}>{passkey.name || words.unnamed}</span>{' '}
              {passkey.createdAt !== undefined && <RelativeTime at={passkey.createdAt} />}
            </div>
            <ConfirmButton
              label={words.remove}
              confirm={words.remove}
              isBusy={false}
              onConfirm={() => void run(removePasskey(passkey.id))}
            />
          </li>
        ))}
      </ul>
      {canUsePasskeys() ? (
        <AddPasskey onAdd={(name) => run(addPasskey(name))} />
      ) : (
        <p className={styles.dim}>{words.unsupported}</p>
      )}
    </Card>
  )
}

function AddPasskey({ onAdd }: { readonly onAdd: (name: string) => Promise<void> }) {
  const [name, setName] = useState('')
  function handleSubmit(event: FormEvent): void {
    event.preventDefault()
    void onAdd(name).then(() => setName(''))
  }
  return (
    <form onSubmit={handleSubmit}>
      <Group gap="xs" align="flex-end" mt="sm">
        <TextInput
          label={words.passkeyName}
          required
          withAsterisk={false}
          maxLength={80}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          w={240}
        />
        <Button type="submit" variant="default">
          {words.addPasskey}
        </Button>
      </Group>
    </form>
  )
}
