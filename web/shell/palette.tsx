import '@mantine/spotlight/styles.css'
import { useDebouncedValue } from '@mantine/hooks'
import { createSpotlight, Spotlight } from '@mantine/spotlight'
import {
  IconCornerDownRight,
  IconFileText,
  IconInbox,
  IconPencilPlus,
  IconSearch,
  IconUser,
  type Icon,
} from '@tabler/icons-react'
import { keepPreviousData, skipToken, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { api } from '../api.ts'
import { useSession } from '../session.ts'
import { printKeys } from '../ui/key-match.ts'
import { useActiveKeys, type PageKey } from '../ui/keys.ts'
import { findHits, type Hit } from './palette-hits.ts'
import { places, settingsPlace } from './places.ts'
import { isMac } from './rail.tsx'
import styles from './palette.module.css'
import { useFirstPicked } from './use-first-picked.ts'
import { words } from './words.ts'

interface Entry {
  readonly id: string
  readonly title: string
  readonly detail?: string
  readonly keys?: string
  readonly icon: Icon
  readonly run: () => void
}

const icons: Readonly<Record<Hit['type'], Icon>> = {
  case: IconInbox,
  person: IconUser,
  engagement: IconFileText,
}

const [store, spotlight] = createSpotlight()

/** Finds people, cases, pages and actions. Loaded when it is first opened. */
export function Palette({ onClose }: { readonly onClose: () => void }) {
  const [query, setQuery] = useState('')
  useEffect(() => {
    spotlight.open()
    return () => spotlight.close()
  }, [])
  const pages = usePages(query)
  const actions = [...useDeeds(query), ...useActions(query)]
  const found = useFound(query)
  useFirstPicked(store, found.map(({ id }) => id).join())
  const isEmpty = pages.length + actions.length + found.length === 0
  return (
    <Spotlight.Root
      store={store}
      query={query}
      onQueryChange={setQuery}
      onSpotlightClose={onClose}
      shortcut={null}
      centered={false}
      yOffset="12vh"
      overlayProps={{ blur: 0, backgroundOpacity: 0.35 }}
      transitionProps={{ duration: 80 }}
      scrollable
      maxHeight={460}
      radius="lg"
    >
      <Spotlight.Search
        placeholder={words.searchLong}
        leftSection={<IconSearch size={18} />}
        aria-label={words.searchLong}
      />
      <Spotlight.ActionsList>
        {isEmpty && <Spotlight.Empty>{words.nothingFound}</Spotlight.Empty>}
        <Section title={words.found} entries={found} onDone={onClose} />
        <Section title={words.pages} entries={pages} onDone={onClose} />
        <Section title={words.actions} entries={actions} onDone={onClose} />
      </Spotlight.ActionsList>
    </Spotlight.Root>
  )
}

interface SectionProps {
  readonly title: string
  readonly entries: readonly Entry[]
  readonly onDone: () => void
}

function Section({ title, entries, onDone }: SectionProps) {
  if (entries.length === 0) return null
  return (
    <Spotlight.ActionsGroup label={title}>
      {entries.map((entry) => (
        <Spotlight.Action
          key={entry.id}
          className={styles.action}
          closeSpotlightOnTrigger={false}
          onClick={() => {
            onDone()
            entry.run()
          }}
        >
          <entry.icon size={17} stroke={1.75} aria-hidden className={styles.icon} />
          <span className={styles.text}>
            <bdi className={styles.title}>{entry.title}</bdi>
            {entry.detail !== undefined && <bdi className={styles.detail}>{entry.detail}</bdi>}
          </span>
          {entry.keys !== undefined && <kbd>{printKeys(entry.keys, isMac).join(' ')}</kbd>}
        </Spotlight.Action>
      ))}
    </Spotlight.ActionsGroup>
  )
}

function usePages(query: string): readonly Entry[] {
  const navigate = useNavigate()
  const { slug, can } = useSession()
  return [...places, settingsPlace]
    .filter((place) => can(place.permission) && matches(query, `${place.title} ${place.about}`))
    .map((place) => ({
      id: place.to,
      title: place.title,
      detail: place.about,
      keys: place.keys,
      icon: place.icon,
      run: () => void navigate({ to: place.to, params: { workspace: slug } }),
    }))
}

function useActions(query: string): readonly Entry[] {
  const groups = useActiveKeys()
  return groups
    .flatMap((group) => group.keys)
    .filter((key) => isAction(key) && key.title !== words.writePost && matches(query, key.title))
    .slice(0, 12)
    .map((key) => ({
      id: key.keys,
      title: key.title,
      keys: key.keys,
      icon: IconCornerDownRight,
      run: key.run,
    }))
}

/** What can be begun from any page. */
function useDeeds(query: string): readonly Entry[] {
  const navigate = useNavigate()
  const { slug, can } = useSession()
  if (!can('cases.answer') || !matches(query, words.writePost)) return []
  const run = () =>
    void navigate({ to: '/w/$workspace/presences', params: { workspace: slug }, search: { post: 'choose' } })
  return [{ id: 'write-post', title: words.writePost, icon: IconPencilPlus, run }]
}

function useFound(query: string): readonly Entry[] {
  const navigate = useNavigate()
  const { slug, can } = useSession()
  const [asked] = useDebouncedValue(query.trim(), 120)
  const isAsking = asked.length > 1 && can('cases.read')
  const hits = useQuery(
    api.find.search.queryOptions({
      input: isAsking ? { q: asked, limit: 12 } : skipToken,
      placeholderData: keepPreviousData,
    }),
  )
  if (!isAsking || query.trim() === '') return []
  return findHits(hits.data?.items ?? []).map((hit) => ({
    id: hit.id,
    title: hit.title,
    detail: hit.detail,
    icon: icons[hit.type],
    run: () =>
      void navigate({ to: hit.to, params: { workspace: slug, personId: hit.personId }, search: hit.search }),
  }))
}

function isAction(key: PageKey): boolean {
  return key.isHidden !== true && key.keys !== 'mod+k' && !key.keys.startsWith('g ')
}

function matches(query: string, text: string): boolean {
  const sought = query.trim().toLowerCase()
  return sought === '' || text.toLowerCase().includes(sought)
}
