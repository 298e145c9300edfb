import { useFunctionTitle } from '../../session.ts'
import { ChannelMark } from '../../ui/channel-mark.tsx'
import { Chip } from '../../ui/chip.tsx'
import { RelativeTime, useNow } from '../../ui/relative-time.tsx'
import { SafeText } from '../../ui/safe-text.tsx'
import styles from './presences.module.css'
import { sayHealth, sayLag } from './say-health.ts'
import type { Place } from './use-presences.ts'
import { words } from './words.ts'

interface PresenceListProps {
  readonly places: readonly Place[]
  readonly open: string | undefined
  readonly onOpen: (key: string) => void
}

export function PresenceList({ places, open, onOpen }: PresenceListProps) {
  return (
    <ul className={styles.list} aria-label={words.list}>
      {places.map((place) => (
        <li key={place.key}>
          <Row place={place} isOpen={place.key === open} onOpen={() => onOpen(place.key)} />
        </li>
      ))}
    </ul>
  )
}

interface RowProps {
  readonly place: Place
  readonly isOpen: boolean
  readonly onOpen: () => void
}

function Row({ place, isOpen, onOpen }: RowProps) {
  const { presence, connection } = place
  const lag = connection?.health.lag.shown ?? connection?.health.lag.arrival ?? null
  return (
    <button type="button" className={styles.row} aria-expanded={isOpen} onClick={onOpen}>
      <PlaceName place={place} />
      <span>
        <StateChip place={place} />
      </span>
      <span className={`${styles.number} ${styles.extra}`} title={words.lag}>
        {lag === null ? '' : sayLag(lag.p95)}
      </span>
      <span className={`${styles.number} ${styles.extra}`} title={words.count}>
        {presence?.engagements.toLocaleString()}
      </span>
      <span className={`${styles.number} ${styles.extra}`} title={words.last}>
        {presence?.lastEngagementAt != null && <RelativeTime at={presence.lastEngagementAt} isShort />}
      </span>
    </button>
  )
}

function PlaceName({ place: { presence, connection } }: { readonly place: Place }) {
  const functionTitle = useFunctionTitle()
  const handle = presence?.handle ?? connection?.account?.handle ?? connection?.title ?? ''
  const name = presence?.name || handle
  const about = [
    name === handle ? '' : handle,
    presence?.function == null ? '' : functionTitle(presence.function),
    connection?.owner?.name ?? '',
  ].filter((part) => part !== '')
  return (
    <span className={styles.who}>
      <ChannelMark channel={presence?.channel ?? connection?.channel ?? ''} size={18} />
      <span className={styles.names}>
        <SafeText text={name} isInline className={styles.name} />
        {about.length > 0 && <SafeText text={about.join(' · ')} isInline className={styles.dim} />}
      </span>
    </span>
  )
}

function StateChip({ place: { presence, connection } }: { readonly place: Place }) {
  const now = useNow()
  if (connection !== null) {
    const { title, tone, detail } = sayHealth(connection, now)
    return (
      <Chip title={detail} {...(tone === undefined ? {} : { tone })}>
        {title}
      </Chip>
    )
  }
  if (presence?.isConnected === true) return <Chip tone="good">{words.ours}</Chip>
  return <Chip>{words.notConnected}</Chip>
}
