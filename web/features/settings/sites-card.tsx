import { Button, Group, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import type { Site } from '../../../contract/actions.ts'
import { api, queryClient } from '../../api.ts'
import { ConfirmButton } from '../../ui/confirm-button.tsx'
import { notifyError } from '../../ui/notify.tsx'
import { Card } from '../../ui/page.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { SafeText } from '../../ui/safe-text.tsx'
import { ErrorState, Lines } from '../../ui/states.tsx'
import { CopyField } from '../../ui/copy-field.tsx'
import styles from './settings.module.css'
import { keyWords, siteWords as words } from './words.ts'

const refresh = () => queryClient.invalidateQueries({ queryKey: api.sites.list.key() })

/** Sites and shops that tell what their visitors do. */
export function SitesCard() {
  const sites = useQuery(api.sites.list.queryOptions())
  return (
    <Card title={words.title} about={words.about}>
      {sites.error !== null && <ErrorState error={sites.error} onRetry={() => void sites.refetch()} />}
      {sites.isPending && <Lines rows={2} />}
      {sites.data?.items.length === 0 && <p className={styles.dim}>{words.none}</p>}
      <ul className={styles.list}>
        {sites.data?.items.map((site) => (
          <SiteRow key={site.id} site={site} />
        ))}
      </ul>
      <NewSite />
    </Card>
  )
}

function SiteRow({ site }: { readonly site: Site }) {
  const remove = useMutation(api.sites.remove.mutationOptions({ onSuccess: refresh, onError: notifyError }))
  return (
    <li>
      <div>
        <div className={styles.strong}>
          <SafeText text={site.name} isInline />
        </div>
        <div className={styles.dim}>
          <code>{site.writeKey}</code> · {words.events(site.events)}
          {site.lastEventAt !== null && (
            <>
              {' '}
              · <RelativeTime at={site.lastEventAt} />
            </>
          )}
        </div>
      </div>
      <ConfirmButton
        label={keyWords.remove}
        confirm={words.removeSure}
        isBusy={remove.isPending}
        onConfirm={() => remove.mutate({ id: site.id })}
      />
    </li>
  )
}

function NewSite() {
  const [name, setName] = useState('')
  const [origin, setOrigin] = useState('')
  const create = useMutation(
    api.sites.create.mutationOptions({
      onSuccess: () => {
        setName('')
        setOrigin('')
        return refresh()
      },
      onError: notifyError,
    }),
  )
  function handleSubmit(event: FormEvent): void {
    event.preventDefault()
    create.mutate({ name, origins: origin.trim() === '' ? [] : [origin.trim()] })
  }
  return (
    <form onSubmit={handleSubmit}>
      <Group gap="xs" align="flex-end" mt="md">
        <TextInput
          label={words.name}
          required
          withAsterisk={false}
          maxLength={120}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          w={240}
        />
        <TextInput
          label={words.origin}
          type="url"
          placeholder="https://shop.example.com"
          value={origin}
          onChange={(event) => setOrigin(event.currentTarget.value)}
          w={280}
        />
        <Button type="submit" loading={create.isPending}>
          {keyWords.create}
        </Button>
      </Group>
      {create.data !== undefined && (
        <div className={styles.secret} role="status">
          <CopyField label={words.load} value={snippet(create.data.item.writeKey)} />
          <CopyField label={`${create.data.item.name}: ${words.secret}`} value={create.data.secret} />
        </div>
      )}
    </form>
  )
}

/** For a page that has the Segment library. */
function snippet(writeKey: string): string {
  return `AnalyticsBrowser.load({ writeKey: '${writeKey}', cdnURL: '${location.origin}/segment' })`
}
