import { useLocalStorage, useMediaQuery } from '@mantine/hooks'
import {
  IconBell,
  IconLayoutSidebarLeftCollapse,
  IconLayoutSidebarLeftExpand,
  IconSearch,
  IconSelector,
} from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useRouterState } from '@tanstack/react-router'
import { lazy, type ComponentProps } from 'react'
import { api } from '../api.ts'
import type { Session } from '../session.ts'
import { initialsOf } from '../ui/initials.ts'
import { printKeys } from '../ui/key-match.ts'
import { Mark } from '../ui/mark.tsx'
import { LateMenu } from './late-menu.tsx'
import { places, settingsPlace, type Place } from './places.ts'
import styles from './shell.module.css'
import { words } from './words.ts'

const loadWorkspaceMenu = () => import('./workspace-menu.tsx')
const loadProfileMenu = () => import('./profile-menu.tsx')
const loadNotices = () => import('./notices.tsx')
const WorkspaceMenu = lazy(() => loadWorkspaceMenu().then((module) => ({ default: module.WorkspaceMenu })))
const ProfileMenu = lazy(() => loadProfileMenu().then((module) => ({ default: module.ProfileMenu })))
const Notices = lazy(() => loadNotices().then((module) => ({ default: module.Notices })))

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
        <LateMenu preload={loadWorkspaceMenu} target={<WorkspaceButton session={session} />}>
          {(target) => <WorkspaceMenu session={session} isNarrow={isNarrow} target={target} />}
        </LateMenu>
      </div>
      <SearchButton onSearch={onSearch} />
      <ul className={styles.places}>
        {shown.map((place) => (
          <PlaceLink key={place.to} place={place} slug={session.slug} isNarrow={isNarrow} />
        ))}
      </ul>
      <ul className={styles.foot}>
        <li>
          <NoticesPlace />
        </li>
        <PlaceLink place={settingsPlace} slug={session.slug} isNarrow={isNarrow} />
        <li>
          <LateMenu preload={loadProfileMenu} target={<ProfileButton session={session} />}>
            {(target) => (
              <ProfileMenu session={session} isNarrow={isNarrow} onKeys={onKeys} target={target} />
            )}
          </LateMenu>
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
    <li data-rare={place.isRare || undefined}>
      <Link
        to={place.to}
        params={{ workspace: slug }}
        className={styles.place}
        aria-current={isHere ? 'page' : undefined}
        title={`${isNarrow ? `${place.title} · ` : ''}${printKeys(place.keys, isMac).join(' then ')}`}
      >
        <place.icon size={18} stroke={1.75} aria-hidden />
        <span className={styles.label}>{place.title}</span>
        {place.below === 'desk' && <DeskUnread />}
      </Link>
    </li>
  )
}

/** Unread cases of mine, and those that wait for somebody in my functions. */
function DeskUnread() {
  const { data } = useQuery(api.cases.counts.queryOptions())
  const n = data?.unread.forMe ?? 0
  if (n === 0) return null
  return (
    <>
      <span className={styles.count} title={words.deskUnread(n)} aria-hidden>
        {n > 99 ? '99+' : n}
      </span>
      <span className="hs-visually-hidden">{words.deskUnread(n)}</span>
    </>
  )
}

function SearchButton({ onSearch }: { readonly onSearch: () => void }) {
  const keys = printKeys('mod+k', isMac).join(' ')
  return (
    <button
      type="button"
      className={styles.search}
      onClick={onSearch}
      title={`${words.searchLong} · ${keys}`}
    >
      <IconSearch size={16} stroke={1.75} aria-hidden />
      <span className={styles.label}>{words.search}</span>
      <kbd className={styles.keyHint} aria-hidden="true">
        {keys}
      </kbd>
    </button>
  )
}

type ButtonProps = ComponentProps<'button'> & { readonly session: Session }

function WorkspaceButton({ session, className, ...button }: ButtonProps) {
  const name = session.membership.name
  return (
    <button
      type="button"
      className={joined(styles.workspace, className)}
      aria-label={words.workspace(name)}
      title={name}
      {...button}
    >
      <Mark size={20} className={styles.mark} />
      <span className={styles.workspaceName}>{name}</span>
      <IconSelector size={14} className={styles.label} aria-hidden />
    </button>
  )
}

function ProfileButton({ session, className, ...button }: ButtonProps) {
  const name = session.user.name
  return (
    <button type="button" className={joined(styles.place, className)} title={name} {...button}>
      <span className={styles.initial} aria-hidden="true">
        {initialsOf(name)}
      </span>
      <span className={styles.label}>{name}</span>
      <span className="hs-visually-hidden">{words.profile}</span>
    </button>
  )
}

function NoticesPlace() {
  const list = useQuery(api.notifications.list.queryOptions({ input: { limit: 30 } }))
  const unread = list.data?.unread ?? 0
  return (
    <LateMenu preload={loadNotices} target={<NoticesButton unread={unread} />}>
      {(target) => <Notices unread={unread} target={target} />}
    </LateMenu>
  )
}

function NoticesButton({
  unread,
  className,
  ...button
}: ComponentProps<'button'> & { readonly unread: number }) {
  return (
    <button type="button" className={joined(styles.place, className)} title={words.notifications} {...button}>
      <span className={styles.bell} data-unread={unread > 0 || undefined}>
        <IconBell size={18} stroke={1.75} aria-hidden />
      </span>
      <span className={styles.label}>{words.notifications}</span>
      {unread > 0 && (
        <>
          <span className={styles.count}>{unread > 99 ? '99+' : unread}</span>
          <span className="hs-visually-hidden">{words.unread}</span>
        </>
      )}
    </button>
  )
}

/** A menu round the button adds classes of its own. */
function joined(...names: readonly (string | undefined)[]): string {
  return names.filter(Boolean).join(' ')
}

interface RailButtonProps {
  readonly isNarrow: boolean
  readonly title: string
  readonly onClick: () => void
}

function RailButton({ isNarrow, title, onClick }: RailButtonProps) {
  const Icon = isNarrow ? IconLayoutSidebarLeftExpand : IconLayoutSidebarLeftCollapse
  return (
    <button type="button" className={styles.place} onClick={onClick} aria-label={title} title={title}>
      <Icon size={18} stroke={1.75} aria-hidden />
    </button>
  )
}
