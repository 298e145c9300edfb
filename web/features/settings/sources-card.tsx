import { Button, Group, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { api, queryClient } from '../../api.ts'
import { notifyError } from '../../ui/notify.tsx'
import { Card } from '../../ui/page.tsx'
import { ErrorState, Lines } from '../../ui/states.tsx'
import { ConfirmButton } from '../../ui/confirm-button.tsx'
import { CopyField } from '../../ui/copy-field.tsx'
import styles from './settings.module.css'
import { keyWords as words } from './words.ts'

const refresh = () => queryClient.invalidateQueries({ queryKey: api.sources.list.key() })

interface Secret {
  readonly name: string
  readonly secret: string
}

export function SourcesCard() {
  const sources = useQuery(api.sources.list.queryOptions())
  const [shown, setShown] = useState<Secret>()
  const rotate = useMutation(api.sources.rotate.mutationOptions({ onSuccess: refresh, onError: notifyError }))
  const remove = useMutation(api.sources.remove.mutationOptions({ onSuccess: refresh, onError: notifyError }))
  async function handleRotate(id: string, name: string): Promise<void> {
    const result = await rotate.mutateAsync({ id }).catch(() => undefined)
    if (result !== undefined) setShown({ name, secret: result.secret })
  }
  return (
    <Card title={words.sources} about={words.sourcesAbout}>
      {sources.error !== null && <ErrorState error={sources.error} onRetry={() => void sources.refetch()} />}
      {sources.isPending && <Lines rows={2} />}
      {sources.data?.items.length === 0 && <p className={styles.dim}>{words.noSources}</p>}
      <ul className={styles.list}>
        {sources.data?.items.map((source) => (
          <li key={source.id}>
            <div>
              <div className={styles.strong}>{source.name}</div>
              <div className={styles.dim}>
                <code>{source.id}</code> · {words.secrets(source.secretCount)}
              </div>
            </div>
            <Group gap="xs">
              <Button variant="default" size="xs" onClick={() => void handleRotate(source.id, source.name)}>
                {words.rotate}
              </Button>
              <ConfirmButton
                label={words.remove}
                confirm={words.remove}
                isBusy={remove.isPending}
                onConfirm={() => remove.mutate({ id: source.id })}
              />
            </Group>
          </li>
        ))}
      </ul>
      <NewSource onSecret={setShown} />
      {shown !== undefined && (
        <div className={styles.secret} role="status">
          <CopyField label={`${shown.name}: ${words.once}`} value={shown.secret} />
        </div>
      )}
    </Card>
  )
}

function NewSource({ onSecret }: { readonly onSecret: (secret: Secret) => void }) {
  const [name, setName] = useState('')
  const create = useMutation(
    api.sources.create.mutationOptions({
      onSuccess: ({ secret, item }) => {
        setName('')
        onSecret({ name: item.name, secret })
        return refresh()
      },
      onError: notifyError,
    }),
  )
  function handleSubmit(event: FormEvent): void {
    event.preventDefault()
    create.mutate({ name })
  }
  return (
    <form onSubmit={handleSubmit}>
      <Group gap="xs" align="flex-end" mt="md">
        <TextInput
          label={`${words.newSource}: ${words.name.toLowerCase()}`}
          required
          withAsterisk={false}
          maxLength={120}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          w={320}
        />
        <Button type="submit" loading={create.isPending}>
          {words.create}
        </Button>
      </Group>
    </form>
  )
}
