import { IconPlugConnectedX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { api } from '../api.ts'
import { useSession } from '../session.ts'
import styles from './shell.module.css'
import { words } from './words.ts'

/** Says on every page that an account of ours neither hears nor speaks, and leads to where that is mended. */
export function ReconnectNotice() {
  const { slug, can } = useSession()
  const connections = useQuery({
    ...api.connections.list.queryOptions(),
    enabled: can('workspace.read'),
    staleTime: 60_000,
  })
  const lost = (connections.data?.items ?? []).filter(
    ({ state }) => state === 'needs-reauth' || state === 'broken',
  )
  const [first] = lost
  return (
    <div role="status" aria-live="polite">
      {first !== undefined && (
        <div className={styles.strip} data-strip>
          <IconPlugConnectedX size={16} aria-hidden />
          <span>{words.cutOff(lost.map(nameOf), first.state === 'needs-reauth')}</span>
          <Link
            to="/w/$workspace/presences"
            params={{ workspace: slug }}
            search={{ open: first.presence?.id ?? first.id }}
          >
            {words.reconnect}
          </Link>
        </div>
      )}
    </div>
  )
}

function nameOf({
  presence,
  account,
  title,
}: {
  readonly presence: { readonly name: string; readonly handle: string } | null
  readonly account: { readonly handle: string } | null
  readonly title: string
}): string {
  return presence?.name || presence?.handle || account?.handle || title
}
