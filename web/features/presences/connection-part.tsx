import { Button } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Connection } from '../../../contract/connections.ts'
import { api } from '../../api.ts'
import { useSession } from '../../session.ts'
import { notifyDone, notifyError } from '../../ui/notify.tsx'
import { useNow } from '../../ui/relative-time.tsx'
import { ConfirmButton } from '../../ui/confirm-button.tsx'
import { ConnectForm } from './connect-form.tsx'
import { ConnectionOwner } from './connection-owner.tsx'
import { HealthFacts } from './health-facts.tsx'
import { History } from './history.tsx'
import { HookAddress } from './hook-address.tsx'
import styles from './presences.module.css'
import { Quarantine } from './quarantine.tsx'
import { sayHealth } from './say-health.ts'
import { refreshPresences } from './use-presences.ts'
import { words } from './words.ts'

export function ConnectionPart({ connection }: { readonly connection: Connection }) {
  const { can } = useSession()
  const now = useNow()
  const { title, tone, detail } = sayHealth(connection, now)
  const needsCredentials = connection.state === 'needs-reauth' || connection.state === 'broken'
  const [isChanging, setIsChanging] = useState(needsCredentials)
  const mayManage = can('presences.manage')
  return (
    <>
      <p className={styles.state} data-tone={tone} role="status">
        <strong>{title}</strong>
        {detail}
      </p>
      {mayManage && (
        <Actions
          connection={connection}
          isChanging={isChanging}
          onChange={() => setIsChanging(!isChanging)}
        />
      )}
      {mayManage && isChanging && <ChangeForm connection={connection} onDone={() => setIsChanging(false)} />}
      {mayManage && <HookAddress connection={connection} />}
      <HealthFacts connection={connection} />
      {connection.health.quarantined > 0 && mayManage && <Quarantine connection={connection} />}
      {mayManage && <History connection={connection} />}
      <ConnectionOwner connection={connection} />
    </>
  )
}

interface ActionsProps {
  readonly connection: Connection
  readonly isChanging: boolean
  readonly onChange: () => void
}

function Actions({ connection: { id, state }, isChanging, onChange }: ActionsProps) {
  const settled = { onSettled: refreshPresences, onError: notifyError }
  const test = useMutation(
    api.connections.test.mutationOptions({
      ...settled,
      onSuccess: (after) => {
        if (after.state === 'live' || after.state === 'silent') notifyDone(words.tested)
      },
    }),
  )
  const pause = useMutation(api.connections.pause.mutationOptions(settled))
  const resume = useMutation(api.connections.resume.mutationOptions(settled))
  const end = useMutation(
    api.connections.disconnect.mutationOptions({
      ...settled,
      onSuccess: () => notifyDone(words.disconnected),
    }),
  )
  const isPaused = state === 'paused'
  const turn = isPaused ? resume : pause
  return (
    <div className={styles.actions}>
      <Button size="xs" variant="default" loading={test.isPending} onClick={() => test.mutate({ id })}>
        {words.test}
      </Button>
      <Button size="xs" variant="default" loading={turn.isPending} onClick={() => turn.mutate({ id })}>
        {isPaused ? words.resume : words.pause}
      </Button>
      <Button size="xs" variant="default" aria-expanded={isChanging} onClick={onChange}>
        {state === 'needs-reauth' ? words.reconnect : words.settings}
      </Button>
      <ConfirmButton
        label={words.disconnect}
        confirm={words.disconnectSure}
        isBusy={end.isPending}
        onConfirm={() => end.mutate({ id })}
      />
    </div>
  )
}

interface ChangeFormProps {
  readonly connection: Connection
  readonly onDone: () => void
}

function ChangeForm({ connection, onDone }: ChangeFormProps) {
  const channels = useQuery(api.connections.listChannels.queryOptions())
  const change = useMutation(
    api.connections.change.mutationOptions({
      onSettled: refreshPresences,
      onError: notifyError,
      onSuccess: (after) => {
        const works = after.state === 'live' || after.state === 'silent' || after.state === 'paused'
        notifyDone(works ? words.saved : words.savedNot)
        if (works) onDone()
      },
    }),
  )
  const fields = channels.data?.items.find(({ id }) => id === connection.channel)?.fields
  if (fields === undefined) return null
  return (
    <ConnectForm
      fields={fields}
      config={connection.config}
      secretsSet={connection.secretsSet}
      submit={words.save}
      isBusy={change.isPending}
      onSubmit={(given) => change.mutate({ id: connection.id, ...given })}
    />
  )
}
