import type { ReactNode } from 'react'
import { useFunctionTitle } from '../../session.ts'
import { ChannelMark } from '../../ui/channel-mark.tsx'
import { Chip } from '../../ui/chip.tsx'
import { RelativeTime, useNow } from '../../ui/relative-time.tsx'
import { SafeText } from '../../ui/safe-text.tsx'
import styles from './presences.module.css'
import { sayHealth, sayLag } from './say-health.ts'
import { groupsOf, type Place } from './use-presences.ts'
import { words } from './words.ts'

interface PresenceListProps {
  readonly places: readonly Place[]
  readonly open: string | undefined
  readonly onOpen: (key: string) => void
}

export function PresenceList({ places, open, onOpen }: PresenceListProps) {
  return (
    <div className={styles.groups}>
      {groupsOf(places).map(({ title, members }, index) => (
        <section key={title}>
          <div className={styles.groupHead}>
            <h2 className={styles.groupTitle}>
              {title} <span className={styles.groupCount}>{members.length.toLocaleString()}</span>
            </h2>
            {index === 0 && <ColumnTitles />}
          </div>
          <ul className={styles.list} aria-label={title}>
            {members.map((place) => (
              <li key={place.key}>
                <Row place={place} isOpen={place.key === open} onOpen={() => onOpen(place.key)} />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  )
}

/** Each row says by itself what its figures are; the titles are for the eye. */
function ColumnTitles() {
  return (
    <>
      {[words.state, words.lag, words.count, words.last].map((title) => (
        <span key={title} className={`${styles.columnTitle} ${styles.extra}`} aria-hidden>
          {title}
        </span>
      ))}
    </>
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
      <Figure title={words.lag}>{lag === null ? null : sayLag(lag.p95)}</Figure>
      <Figure title={words.count}>{presence?.engagements.toLocaleString()}</Figure>
      <Figure title={words.last}>
        {presence?.lastEngagementAt != null && <RelativeTime at={presence.lastEngagementAt} isShort />}
      </Figure>
    </button>
  )
}

function Figure({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <span className={`${styles.number} ${styles.extra}`} title={title}>
      {children}
    </span>
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
