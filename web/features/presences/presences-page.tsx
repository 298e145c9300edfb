import { Button } from '@mantine/core'
import { IconPlugConnected } from '@tabler/icons-react'
import { useSession } from '../../session.ts'
import { useKeys } from '../../ui/keys.ts'
import { Page } from '../../ui/page.tsx'
import { EmptyState, ErrorState, Lines, NoAccess } from '../../ui/states.tsx'
import { ConnectPanel } from './connect-panel.tsx'
import { PresenceList } from './presence-list.tsx'
import { PresencePanel } from './presence-panel.tsx'
import styles from './presences.module.css'
import { usePlaces, usePresenceSearch } from './use-presences.ts'
import { words } from './words.ts'

/** Our accounts: inventory, health, and the way to connect one. */
export function PresencesPage() {
  const { can } = useSession()
  if (!can('workspace.read')) return <NoAccess what={words.toRead} />
  return <LoadedPresences />
}

function LoadedPresences() {
  const { can } = useSession()
  const { search, show } = usePresenceSearch()
  const { places, isPending, error, refetch } = usePlaces()
  const mayConnect = can('presences.manage')
  const open =
    search.open === undefined
      ? undefined
      : places.find((place) => place.key === search.open || place.connection?.id === search.open)
  const isConnecting = mayConnect && search.connect !== undefined
  useKeys(words.title, [
    ...(mayConnect ? [{ keys: 'c', title: words.connect, run: () => show({ connect: 'choose' }) }] : []),
    ...(search.open || search.connect ? [{ keys: 'Escape', title: words.close, run: () => show({}) }] : []),
  ])
  return (
    <Page
      title={words.title}
      about={words.about}
      isWide
      actions={
        mayConnect && (
          <Button leftSection={<IconPlugConnected size={16} />} onClick={() => show({ connect: 'choose' })}>
            {words.connect}
          </Button>
        )
      }
    >
      {error !== null && <ErrorState error={error} onRetry={refetch} />}
      {error === null && isPending && <Lines rows={8} height={28} />}
      {error === null && !isPending && (
        <div className={styles.columns} data-open={isConnecting || open !== undefined || undefined}>
          {places.length === 0 ? (
            <EmptyState title={words.empty}>{words.emptyText}</EmptyState>
          ) : (
            <PresenceList
              places={places}
              open={open?.key}
              onOpen={(key) => show(key === open?.key ? {} : { open: key })}
            />
          )}
          {isConnecting && <ConnectPanel chosen={search.connect ?? 'choose'} onShow={show} />}
          {!isConnecting && open !== undefined && (
            <PresencePanel key={open.key} place={open} onClose={() => show({})} />
          )}
        </div>
      )}
    </Page>
  )
}
