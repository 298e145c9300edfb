import { useQuery } from '@tanstack/react-query'
import type { Connection } from '../../../contract/connections.ts'
import { api } from '../../api.ts'
import { CopyField } from '../../ui/copy-field.tsx'
import styles from './presences.module.css'
import { words } from './words.ts'

/** Where a network that pushes must be told our address by hand. */
export function HookAddress({ connection }: { readonly connection: Connection }) {
  const channels = useQuery(api.connections.listChannels.queryOptions())
  const pushes = channels.data?.items.find(({ id }) => id === connection.channel)?.listens.includes('push')
  const hook = useQuery({
    ...api.connections.hook.queryOptions({ input: { id: connection.id } }),
    enabled: pushes === true,
  })
  if (hook.data === undefined) return null
  return (
    <>
      <h3>{words.hook}</h3>
      <p className={styles.text}>{words.hookAbout}</p>
      <CopyField label={words.hookAddress} value={hook.data.url} />
    </>
  )
}
