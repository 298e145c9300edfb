import { Tooltip } from '@mantine/core'
import { useLocalStorage, useMediaQuery } from '@mantine/hooks'
import { IconLayoutSidebarLeftCollapse, IconLayoutSidebarLeftExpand, IconSearch } from '@tabler/icons-react'
import { Link, useRouterState } from '@tanstack/react-router'
import type { Session } from '../session.ts'
import { printKeys } from '../ui/key-match.ts'
import { Notices } from './notices.tsx'
import { places, settingsPlace, type Place } from './places.ts'
import { ProfileMenu } from './profile-menu.tsx'
import styles from './shell.module.css'
import { words } from './words.ts'
import { WorkspaceMenu } from './workspace-menu.tsx'

export interface RailProps {
  readonly session: Session
  readonly onSearch: () => void
  readonly onKeys: () => void
}

export const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent)

export function Rail({ session, onSearch, onKeys }: RailProps) {
  const isNarrowScreen = useMediaQuery('(max-width: 1439px)', undefined, { getInitialValueInEffect: false })
  const [choice, setChoice] = useLocalStorage<'wide' | 'narrow' | 'auto'>({
    key: 'horseshoe-rail',
    defaultValue: 'auto',
    getInitialValueInEffect: false,
  })
  const isNarrow = choice === 'auto' ? isNarrowScreen === true : choice === 'narrow'
  const shown = places.filter((place) => session.can(place.permission))
  return (
    <nav className={styles.rail} aria-label={words.navigation} data-narrow={isNarrow || undefined}>
      <div className={styles.railTop}>
        <WorkspaceMenu session={session} isNarrow={isNarrow} />
      </div>
      <SearchButton isNarrow={isNarrow} onSearch={onSearch} />
      <ul className={styles.places}>
        {shown.map((place) => (
          <PlaceLink key={place.to} place={place} slug={session.slug} isNarrow={isNarrow} />
        ))}
      </ul>
      <ul className={styles.foot}>
        <li>
          <Notices isNarrow={isNarrow} />
        </li>
        <PlaceLink place={settingsPlace} slug={session.slug} isNarrow={isNarrow} />
        <li>
          <ProfileMenu session={session} isNarrow={isNarrow} onKeys={onKeys} />
        </li>
        <li className={styles.collapse}>
          <RailButton
            isNarrow={isNarrow}
            title={isNarrow ? words.expand : words.collapse}
            onClick={() => setChoice(isNarrow ? 'wide' : 'narrow')}
          />
        </li>
      </ul>
    </nav>
  )
}

interface PlaceLinkProps {
  readonly place: Place
  readonly slug: string
  readonly isNarrow: boolean
}

function PlaceLink({ place, slug, isNarrow }: PlaceLinkProps) {
  const path = useRouterState({ select: (state) => state.location.pathname })
  const isHere = path.split('/')[3] === place.below
  return (
    <li>
      <Tooltip
        label={`${place.title} · ${printKeys(place.keys, isMac).join(' ')}`}
        position="right"
        disabled={!isNarrow}
      >
        <Link
          to={place.to}
          params={{ workspace: slug }}
          className={styles.place}
          aria-current={isHere ? 'page' : undefined}
        >
          <place.icon size={18} stroke={1.75} aria-hidden />
          <span className={styles.label}>{place.title}</span>
        </Link>
      </Tooltip>
    </li>
  )
}

function SearchButton({ isNarrow, onSearch }: { readonly isNarrow: boolean; readonly onSearch: () => void }) {
  const keys = printKeys('mod+k', isMac).join(' ')
  return (
    <Tooltip label={`${words.search} · ${keys}`} position="right" disabled={!isNarrow}>
      <button type="button" className={styles.search} onClick={onSearch} aria-label={words.searchLong}>
        <IconSearch size={16} stroke={1.75} aria-hidden />
        <span className={styles.label}>{words.search}</span>
        <kbd className={styles.keyHint}>{keys}</kbd>
      </button>
    </Tooltip>
  )
}

interface RailButtonProps {
  readonly isNarrow: boolean
  readonly title: string
  readonly onClick: () => void
}

function RailButton({ isNarrow, title, onClick }: RailButtonProps) {
  const Icon = isNarrow ? IconLayoutSidebarLeftExpand : IconLayoutSidebarLeftCollapse
  return (
    <Tooltip label={title} position="right">
      <button type="button" className={styles.place} onClick={onClick} aria-label={title}>
        <Icon size={18} stroke={1.75} aria-hidden />
      </button>
    </Tooltip>
  )
}
