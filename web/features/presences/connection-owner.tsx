import { Select } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import type { Connection } from '../../../contract/connections.ts'
import { api } from '../../api.ts'
import { useSession } from '../../session.ts'
import { notifyError } from '../../ui/notify.tsx'
import styles from './presences.module.css'
import { refreshPresences } from './use-presences.ts'
import { words } from './words.ts'

/** Who is told when something is wrong with it; can be handed to somebody else. */
export function ConnectionOwner({ connection: { id, owner } }: { readonly connection: Connection }) {
  const { can } = useSession()
  const members = useQuery(api.members.list.queryOptions())
  const handOver = useMutation(
    api.connections.handOver.mutationOptions({ onSettled: refreshPresences, onError: notifyError }),
  )
  const choices = (members.data?.items ?? []).map((member) => ({ value: member.id, label: member.name }))
  return (
    <div className={styles.form}>
      <h3>{words.owner}</h3>
      <Select
        aria-label={words.owner}
        description={words.ownerAbout}
        disabled={!can('presences.manage')}
        data={choices}
        value={owner?.id ?? null}
        allowDeselect={false}
        onChange={(memberId) => {
          if (memberId !== null) handOver.mutate({ id, memberId })
        }}
      />
    </div>
  )
}
