import { Button, Group, Select, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import type { Presence } from '../../../contract/presences.ts'
import { api, queryClient } from '../../api.ts'
import { useSession, useWorkspace } from '../../session.ts'
import { ChannelMark } from '../../ui/channel-mark.tsx'
import { Chip } from '../../ui/chip.tsx'
import { notifyError } from '../../ui/notify.tsx'
import { Card } from '../../ui/page.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { SafeText } from '../../ui/safe-text.tsx'
import { EmptyState, ErrorState, Lines } from '../../ui/states.tsx'
import styles from './settings.module.css'
import { presenceWords as words } from './words.ts'

const refresh = () => queryClient.invalidateQueries({ queryKey: api.presences.list.key() })

export function PresencesTab() {
  const { can } = useSession()
  const presences = useQuery(api.presences.list.queryOptions())
  return (
    <>
      <Card title="Presences" about={words.about}>
        {presences.error !== null && (
          <ErrorState error={presences.error} onRetry={() => void presences.refetch()} />
        )}
        {presences.isPending && <Lines rows={5} />}
        {presences.data?.items.length === 0 && (
          <EmptyState title={words.empty} isSmall>
            {words.emptyAbout}
          </EmptyState>
        )}
        {presences.data !== undefined && presences.data.items.length > 0 && (
          <PresenceTable presences={presences.data.items} />
        )}
      </Card>
      {can('presences.manage') && (
        <Card title={words.add}>
          <AddPresence />
        </Card>
      )}
    </>
  )
}

function PresenceTable({ presences }: { readonly presences: readonly Presence[] }) {
  return (
    <div className={styles.tall} tabIndex={0} role="region" aria-label="Presences">
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{words.presence}</th>
            <th scope="col">{words.function}</th>
            <th scope="col">{words.purpose}</th>
            <th scope="col" data-number>
              {words.count}
            </th>
            <th scope="col">{words.last}</th>
          </tr>
        </thead>
        <tbody>
          {presences.map((presence) => (
            <PresenceRow key={presence.id} presence={presence} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function PresenceRow({ presence }: { readonly presence: Presence }) {
  const { can } = useSession()
  const workspace = useWorkspace()
  const mayChange = can('presences.manage')
  const change = useMutation(
    api.presences.update.mutationOptions({ onSettled: refresh, onError: notifyError }),
  )
  const [purpose, setPurpose] = useState(presence.purpose)
  const name = presence.name || presence.handle
  return (
    <tr>
      <td>
        <div className={styles.strong}>
          <ChannelMark channel={presence.channel} /> <SafeText text={name} isInline />{' '}
          <Chip
            tone={presence.isConnected ? 'good' : undefined}
            title={presence.isConnected ? words.connected : words.notConnected}
          >
            {presence.isConnected ? 'connected' : 'not connected'}
          </Chip>
        </div>
        {presence.name !== '' && <div className={styles.dim}>@{presence.handle}</div>}
      </td>
      <td>
        <Select
          size="xs"
          aria-label={`${words.function}, ${name}`}
          disabled={!mayChange}
          data={[
            { value: '', label: words.none },
            ...(workspace.data?.functions ?? []).map((one) => ({ value: one.key, label: one.title })),
          ]}
          value={presence.function ?? ''}
          onChange={(key) => change.mutate({ id: presence.id, function: key === '' ? null : key })}
          w={148}
        />
      </td>
      <td>
        <TextInput
          size="xs"
          aria-label={`${words.purpose}, ${name}`}
          placeholder={words.noPurpose}
          disabled={!mayChange}
          value={purpose}
          maxLength={2000}
          onChange={(event) => setPurpose(event.currentTarget.value)}
          onBlur={() => purpose !== presence.purpose && change.mutate({ id: presence.id, purpose })}
          miw={150}
        />
      </td>
      <td data-number>{presence.engagements.toLocaleString()}</td>
      <td>
        {presence.lastEngagementAt === null ? '–' : <RelativeTime at={presence.lastEngagementAt} isShort />}
      </td>
    </tr>
  )
}

function AddPresence() {
  const [channel, setChannel] = useState('')
  const [handle, setHandle] = useState('')
  const [name, setName] = useState('')
  const add = useMutation(
    api.presences.create.mutationOptions({
      onSuccess: () => {
        setHandle('')
        setName('')
        return refresh()
      },
      onError: notifyError,
    }),
  )
  function handleSubmit(event: FormEvent): void {
    event.preventDefault()
    add.mutate({ channel: channel.trim().toLowerCase(), handle, name })
  }
  return (
    <form onSubmit={handleSubmit}>
      <Group gap="xs" align="flex-end">
        <TextInput
          label={words.channel}
          required
          withAsterisk={false}
          pattern="[A-Za-z0-9][A-Za-z0-9_\-]{0,63}"
          placeholder="bluesky"
          value={channel}
          onChange={(event) => setChannel(event.currentTarget.value)}
          w={140}
        />
        <TextInput
          label={words.handle}
          required
          withAsterisk={false}
          maxLength={512}
          value={handle}
          onChange={(event) => setHandle(event.currentTarget.value)}
          w={200}
        />
        <TextInput
          label={words.nameLabel}
          maxLength={120}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          w={200}
        />
        <Button type="submit" loading={add.isPending}>
          {words.add}
        </Button>
      </Group>
    </form>
  )
}
