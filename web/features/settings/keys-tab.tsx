import { Button, Checkbox, Group, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import type { KeyScope } from '../../../contract/policy.ts'
import type { ApiKey } from '../../../contract/workspace.ts'
import { api, queryClient } from '../../api.ts'
import { Chip } from '../../ui/chip.tsx'
import { notifyError } from '../../ui/notify.tsx'
import { Card } from '../../ui/page.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { ErrorState, Lines } from '../../ui/states.tsx'
import { ConfirmButton } from '../../ui/confirm-button.tsx'
import { CopyField } from '../../ui/copy-field.tsx'
import styles from './settings.module.css'
import { SitesCard } from './sites-card.tsx'
import { SourcesCard } from './sources-card.tsx'
import { keyWords as words } from './words.ts'

const scopes: readonly KeyScope[] = [
  'engagements.ingest',
  'engagements.import',
  'people.read',
  'cases.read',
  'reports.read',
  'workspace.read',
]
const refresh = () => queryClient.invalidateQueries({ queryKey: api.keys.list.key() })

export function KeysTab() {
  const keys = useQuery(api.keys.list.queryOptions())
  return (
    <>
      <Card title={words.keys} about={words.keysAbout}>
        {keys.error !== null && <ErrorState error={keys.error} onRetry={() => void keys.refetch()} />}
        {keys.isPending && <Lines rows={3} />}
        {keys.data?.items.length === 0 && <p className={styles.dim}>{words.noKeys}</p>}
        <ul className={styles.list}>
          {keys.data?.items.map((key) => (
            <KeyRow key={key.id} item={key} />
          ))}
        </ul>
        <NewKey />
      </Card>
      <SourcesCard />
      <SitesCard />
    </>
  )
}

function KeyRow({ item }: { readonly item: ApiKey }) {
  const revoke = useMutation(api.keys.revoke.mutationOptions({ onSuccess: refresh, onError: notifyError }))
  return (
    <li>
      <div>
        <div className={styles.strong}>
          {item.name} <code className={styles.dim}>{item.start}…</code>
        </div>
        <div className={styles.chips}>
          {item.scopes.map((scope) => (
            <Chip key={scope}>{scope}</Chip>
          ))}
          <span className={styles.dim}>
            {words.used}: {item.lastUsedAt === null ? words.never : <RelativeTime at={item.lastUsedAt} />}
          </span>
        </div>
      </div>
      <ConfirmButton
        label={words.revoke}
        confirm={words.sure}
        isBusy={revoke.isPending}
        onConfirm={() => revoke.mutate({ id: item.id })}
      />
    </li>
  )
}

function NewKey() {
  const [name, setName] = useState('')
  const [chosen, setChosen] = useState<readonly KeyScope[]>(['engagements.ingest'])
  const create = useMutation(
    api.keys.create.mutationOptions({
      onSuccess: () => {
        setName('')
        return refresh()
      },
      onError: notifyError,
    }),
  )
  function handleSubmit(event: FormEvent): void {
    event.preventDefault()
    create.mutate({ name, scopes: [...chosen] })
  }
  return (
    <form onSubmit={handleSubmit} className={styles.form}>
      <TextInput
        label={`${words.newKey}: ${words.name.toLowerCase()}`}
        required
        withAsterisk={false}
        maxLength={120}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        maw={320}
      />
      <Checkbox.Group
        label={words.scopes}
        value={[...chosen]}
        onChange={(values) => setChosen(scopes.filter((scope) => values.includes(scope)))}
      >
        <Group gap="md" mt={4}>
          {scopes.map((scope) => (
            <Checkbox key={scope} value={scope} label={scope} />
          ))}
        </Group>
      </Checkbox.Group>
      <div>
        <Button type="submit" disabled={chosen.length === 0} loading={create.isPending}>
          {words.create}
        </Button>
      </div>
      {create.data !== undefined && (
        <div className={styles.secret} role="status">
          <CopyField label={`${create.data.item.name}: ${words.once}`} value={create.data.key} />
        </div>
      )}
    </form>
  )
}
