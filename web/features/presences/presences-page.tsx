import { Button } from '@mantine/core'
import { IconPencilPlus, IconPlugConnected } from '@tabler/icons-react'
import { useSession } from '../../session.ts'
import { useKeys } from '../../ui/keys.ts'
import { Page } from '../../ui/page.tsx'
import { EmptyState, ErrorState, Lines, NoAccess } from '../../ui/states.tsx'
import { PostPanel } from '../replies/post-panel.tsx'
import { postWords } from '../replies/words.ts'
import { ConnectPanel } from './connect-panel.tsx'
import { PresenceList } from './presence-list.tsx'
import { PresencePanel } from './presence-panel.tsx'
import styles from './presences.module.css'
import { usePlaces, usePresenceSearch, type Place, type PresenceSearch } from './use-presences.ts'
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
  const mayPost = can('cases.answer')
  const isPosting = mayPost && !isConnecting && search.post !== undefined
  useKeys(words.title, [
    ...(mayConnect ? [{ keys: 'c', title: words.connect, run: () => show({ connect: 'choose' }) }] : []),
    ...(mayPost ? [{ keys: 'p', title: postWords.open, run: () => show({ post: 'choose' }) }] : []),
    ...(search.open || search.connect || search.post
      ? [{ keys: 'Escape', title: words.close, run: () => show({}) }]
      : []),
  ])
  return (
    <Page
      title={words.title}
      about={words.about}
      isWide
      actions={<Actions openId={open?.presence?.id} onShow={show} />}
    >
      {error !== null && <ErrorState error={error} onRetry={refetch} />}
      {error === null && isPending && <Lines rows={8} height={28} />}
      {error === null && !isPending && (
        <div
          className={styles.columns}
          data-open={isConnecting || isPosting || open !== undefined || undefined}
        >
          {places.length === 0 ? (
            <EmptyState title={words.empty}>{words.emptyText}</EmptyState>
          ) : (
            <PresenceList
              places={places}
              open={open?.key}
              onOpen={(key) => show(key === open?.key ? {} : { open: key })}
            />
          )}
          <Panel search={search} open={open} onShow={show} />
        </div>
      )}
    </Page>
  )
}

interface ShowProps {
  readonly onShow: (next: PresenceSearch) => void
}

function Actions({ openId, onShow }: ShowProps & { readonly openId: string | undefined }) {
  const { can } = useSession()
  return (
    <>
      {can('cases.answer') && (
        <Button
          variant="default"
          leftSection={<IconPencilPlus size={16} />}
          onClick={() => onShow({ post: openId ?? 'choose' })}
        >
          {postWords.open}
        </Button>
      )}
      {can('presences.manage') && (
        <Button leftSection={<IconPlugConnected size={16} />} onClick={() => onShow({ connect: 'choose' })}>
          {words.connect}
        </Button>
      )}
    </>
  )
}

interface PanelProps extends ShowProps {
  readonly search: PresenceSearch
  readonly open: Place | undefined
}

/** Beside the list: connecting one, speaking through one, or looking at one. */
function Panel({ search, open, onShow }: PanelProps) {
  const { can } = useSession()
  const close = () => onShow({})
  if (search.connect !== undefined && can('presences.manage')) {
    return <ConnectPanel chosen={search.connect} onShow={onShow} />
  }
  if (search.post !== undefined && can('cases.answer')) {
    return <PostPanel presenceId={search.post} onPick={(post) => onShow({ post })} onClose={close} />
  }
  return open === undefined ? null : <PresencePanel key={open.key} place={open} onClose={close} />
}
