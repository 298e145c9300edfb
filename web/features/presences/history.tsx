import { Button } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import type { Connection } from '../../../contract/connections.ts'
import { api } from '../../api.ts'
import { notifyError } from '../../ui/notify.tsx'
import styles from './presences.module.css'
import { refreshPresences } from './use-presences.ts'
import { words } from './words.ts'

/** What was said before the account was connected; only where the channel can fetch it. */
export function History({ connection }: { readonly connection: Connection }) {
  const channels = useQuery(api.connections.listChannels.queryOptions())
  const settled = { onSettled: refreshPresences, onError: notifyError }
  const start = useMutation(api.connections.startBackfill.mutationOptions(settled))
  const stop = useMutation(api.connections.stopBackfill.mutationOptions(settled))
  const channel = channels.data?.items.find(({ id }) => id === connection.channel)
  const { state, received, detail } = connection.backfill
  if (channel === undefined || channel.capabilities['backfill']?.level === 'none') return null
  const isRunning = state === 'running'
  const turn = isRunning ? stop : start
  return (
    <>
      <h3>{words.history}</h3>
      <p className={styles.text} role={isRunning ? 'status' : undefined}>
        {state === 'none' ? words.historyAbout : `${received.toLocaleString()} so far. ${detail}`}
      </p>
      <Button
        size="xs"
        variant="default"
        loading={turn.isPending}
        onClick={() => turn.mutate({ id: connection.id })}
      >
        {isRunning ? words.stopHistory : words.fetchHistory}
      </Button>
    </>
  )
}
