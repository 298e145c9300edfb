import { useQuery } from '@tanstack/react-query'
import { Outlet, useNavigate, useRouterState } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { useLiveConnection } from '../live.ts'
import { meQuery, useSession } from '../session.ts'
import { useKeyListener, useKeys } from '../ui/keys.ts'
import { NoAccess } from '../ui/states.tsx'
import { ConnectionNotice } from './connection-notice.tsx'
import { places, settingsPlace } from './places.ts'
import { Rail } from './rail.tsx'
import { ReconnectNotice } from './reconnect-notice.tsx'
import { SessionNotice } from './session-notice.tsx'
import styles from './shell.module.css'
import { words } from './words.ts'

const loadPalette = () => import('./palette.tsx')
const Palette = lazy(() => loadPalette().then((module) => ({ default: module.Palette })))
const KeyHelp = lazy(() => import('./key-help.tsx').then((module) => ({ default: module.KeyHelp })))

/** The frame round every page of a workspace. */
export function Shell() {
  const { workspace } = useParamsOfPage()
  const { data: me } = useQuery(meQuery)
  const isMember = me?.workspaces.some((membership) => membership.slug === workspace)
  if (me !== undefined && isMember !== true) return <NoAccess what={`the workspace “${workspace}”`} />
  return <MemberShell />
}

function MemberShell() {
  const session = useSession()
  const [open, setOpen] = useState<'palette' | 'keys' | undefined>()
  useLiveConnection(session.slug)
  useKeyListener()
  useShellKeys(setOpen)
  usePaletteSoon()
  const main = useFocusOnNewPage()
  return (
    <div className={styles.shell}>
      <a href="#page" className={styles.skip}>
        {words.skip}
      </a>
      <Rail session={session} onSearch={() => setOpen('palette')} onKeys={() => setOpen('keys')} />
      <main id="page" ref={main} tabIndex={-1} className={styles.main}>
        <ConnectionNotice />
        <SessionNotice />
        <ReconnectNotice />
        <Outlet />
      </main>
      <Suspense>
        {open === 'palette' && <Palette onClose={() => setOpen(undefined)} />}
        {open === 'keys' && <KeyHelp onClose={() => setOpen(undefined)} />}
      </Suspense>
    </div>
  )
}

function useParamsOfPage(): { readonly workspace: string } {
  const path = useRouterState({ select: (state) => state.location.pathname })
  return { workspace: decodeURIComponent(path.split('/')[2] ?? '') }
}

function useShellKeys(setOpen: (what: 'palette' | 'keys') => void): void {
  const navigate = useNavigate()
  const { slug, can } = useSession()
  const goes = [...places, settingsPlace]
    .filter((place) => can(place.permission))
    .map((place) => ({
      keys: place.keys,
      title: words.goTo(place.title),
      run: () => void navigate({ to: place.to, params: { workspace: slug } }),
    }))
  useKeys(words.everywhere, [
    { keys: 'mod+k', title: words.palette, run: () => setOpen('palette'), whileTyping: true },
    { keys: '?', title: words.keysOfPage, run: () => setOpen('keys') },
    ...goes,
  ])
}

/** Once the page has come to rest the palette is fetched, so that no letter is lost when it opens. */
function usePaletteSoon(): void {
  useEffect(() => {
    const timer = setTimeout(() => void loadPalette().catch(() => undefined), 2_000)
    return () => clearTimeout(timer)
  }, [])
}

/** After a change of page readers start at its beginning; a change of search alone leaves the focus. */
function useFocusOnNewPage() {
  const main = useRef<HTMLElement>(null)
  const path = useRouterState({ select: (state) => state.location.pathname })
  const last = useRef(path)
  useEffect(() => {
    if (last.current === path) return
    last.current = path
    main.current?.focus({ preventScroll: true })
  }, [path])
  return main
}
