import { Button, CloseButton, TextInput } from '@mantine/core'
import { IconPhone, IconSearch } from '@tabler/icons-react'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useSession } from '../../session.ts'
import { useKeys } from '../../ui/keys.ts'
import { EmptyState, ErrorState, Lines, NoAccess } from '../../ui/states.tsx'
import { LogTouch } from './log-touch.tsx'
import { PeopleList } from './people-list.tsx'
import styles from './people-page.module.css'
import { usePeople } from './use-people.ts'
import { listWords, personWords } from './words.ts'

/** Everybody who spoke with us. */
export function PeoplePage() {
  const { can } = useSession()
  if (!can('people.read')) return <NoAccess what={listWords.toRead} />
  return <LoadedPeople />
}

function LoadedPeople() {
  const { can } = useSession()
  const search = useSearch({ strict: false }) as { readonly q?: string; readonly panel?: string }
  const navigate = useNavigate()
  const people = usePeople(search.q)
  const isLogging = search.panel === 'log'

  function change(part: { readonly q?: string | undefined; readonly panel?: string | undefined }): void {
    void navigate({
      to: '.',
      search: (before) => ({ ...before, ...part }),
      replace: 'q' in part,
      resetScroll: false,
    })
  }
  useKeys(listWords.keys, [
    { keys: '/', title: listWords.focusSearch, run: () => document.getElementById('people-search')?.focus() },
    ...(can('engagements.log')
      ? [{ keys: 'l', title: personWords.log, run: () => change({ panel: 'log' }) }]
      : []),
  ])

  return (
    <div className={styles.page}>
      <title>{`${listWords.title} · Horseshoe`}</title>
      <header className={styles.head}>
        <div>
          <h1>{listWords.title}</h1>
          <p>{listWords.about}</p>
        </div>
        {can('engagements.log') && (
          <Button
            variant="default"
            leftSection={<IconPhone size={16} />}
            onClick={() => change({ panel: isLogging ? undefined : 'log' })}
          >
            {personWords.log}
          </Button>
        )}
      </header>
      {isLogging && <LogTouch onClose={() => change({ panel: undefined })} />}
      <PeopleSearch asked={search.q ?? ''} onSearch={(q) => change({ q: q || undefined })} />
      <PeopleBody people={people} q={search.q} />
    </div>
  )
}

function PeopleBody({
  people,
  q,
}: {
  readonly people: ReturnType<typeof usePeople>
  readonly q: string | undefined
}) {
  const { list, rows } = people
  if (list.isError && rows.length === 0) {
    return <ErrorState error={list.error} onRetry={() => void list.refetch()} />
  }
  if (list.isPending) return <Lines rows={12} height={28} />
  if (rows.length > 0) return <PeopleList people={people} />
  return q === undefined ? (
    <EmptyState title={listWords.empty}>{listWords.emptyText}</EmptyState>
  ) : (
    <EmptyState title={listWords.notFound(q)}>{listWords.notFoundText}</EmptyState>
  )
}

/** Words are asked for this long after the last letter. */
const pause = 220

interface PeopleSearchProps {
  readonly asked: string
  readonly onSearch: (q: string) => void
}

function PeopleSearch({ asked, onSearch }: PeopleSearchProps) {
  const [typed, setTyped] = useState(asked)
  const [seen, setSeen] = useState(asked)
  if (asked !== seen) {
    setSeen(asked)
    setTyped(asked)
  }
  useEffect(() => {
    if (typed === asked) return
    const timer = setTimeout(() => {
      setSeen(typed)
      onSearch(typed)
    }, pause)
    return () => clearTimeout(timer)
  }, [typed, asked, onSearch])
  return (
    <TextInput
      id="people-search"
      role="searchbox"
      aria-label={listWords.search}
      placeholder={listWords.search}
      autoComplete="off"
      maxLength={200}
      leftSection={<IconSearch size={16} aria-hidden />}
      rightSection={
        typed === '' ? null : (
          <CloseButton size="sm" aria-label={listWords.clear} onClick={() => setTyped('')} />
        )
      }
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter' || event.key === 'ArrowDown')
          document.querySelector<HTMLElement>('[data-person]')?.focus()
      }}
      className={styles.search}
    />
  )
}
