import { Button } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import type { Connection, QuarantinedEvent } from '../../../contract/connections.ts'
import { api } from '../../api.ts'
import { notifyDone, notifyError } from '../../ui/notify.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { SafeText } from '../../ui/safe-text.tsx'
import { ConfirmButton } from '../../ui/confirm-button.tsx'
import styles from './presences.module.css'
import { refreshPresences } from './use-presences.ts'
import { words } from './words.ts'

/** What could not be understood, why, and the two ways out: try again, or erase it. */
export function Quarantine({ connection: { id, health } }: { readonly connection: Connection }) {
  const events = useQuery(api.connections.quarantine.queryOptions({ input: { id, limit: 50 } }))
  const replay = useReplay()
  return (
    <>
      <h3>{words.quarantine(health.quarantined)}</h3>
      <p className={styles.text}>{words.quarantineAbout}</p>
      <Button size="xs" variant="default" loading={replay.isPending} onClick={() => replay.mutate({ id })}>
        {words.replayAll}
      </Button>
      <ul className={styles.why}>
        {events.data?.items.map((event) => (
          <Event key={event.id} connectionId={id} event={event} />
        ))}
      </ul>
    </>
  )
}

function useReplay() {
  return useMutation(
    api.connections.replay.mutationOptions({
      onSettled: refreshPresences,
      onError: notifyError,
      onSuccess: ({ replayed }) => notifyDone(words.replayed(replayed)),
    }),
  )
}

interface EventProps {
  readonly connectionId: string
  readonly event: QuarantinedEvent
}

function Event({ connectionId, event }: EventProps) {
  const replay = useReplay()
  const drop = useMutation(
    api.connections.drop.mutationOptions({ onSettled: refreshPresences, onError: notifyError }),
  )
  const chosen = { id: connectionId, eventIds: [event.id] }
  return (
    <li>
      <strong>
        <SafeText text={event.reason} isInline />
      </strong>
      <span>
        <RelativeTime at={event.receivedAt} /> · <SafeText text={event.key} isInline />
      </span>
      <details>
        <summary>{words.raw}</summary>
        <pre className={styles.raw} tabIndex={0} aria-label={words.raw}>
          <SafeText text={event.excerpt} isInline />
        </pre>
      </details>
      <div className={styles.actions}>
        <Button size="xs" variant="default" loading={replay.isPending} onClick={() => replay.mutate(chosen)}>
          {words.replay}
        </Button>
        <ConfirmButton
          label={words.drop}
          confirm={words.dropSure}
          isBusy={drop.isPending}
          onConfirm={() => drop.mutate(chosen)}
        />
      </div>
    </li>
  )
}
