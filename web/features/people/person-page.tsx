import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useCallback } from 'react'
import type { ReactNode } from 'react'
import type { Person } from '../../../contract/people.ts'
import { isOutOfReach } from '../../error-words.ts'
import { useSession } from '../../session.ts'
import { useKeys } from '../../ui/keys.ts'
import { ErrorState, Lines, NoAccess } from '../../ui/states.tsx'
import { Identities } from './identities.tsx'
import { LogTouch } from './log-touch.tsx'
import { MemoryEditor } from './memory-editor.tsx'
import { MembershipsEditor } from './memberships-editor.tsx'
import { MergePanel } from './merge-panel.tsx'
import { Merges } from './merges.tsx'
import { PersonCases } from './person-cases.tsx'
import { PersonChoices } from './person-choices.tsx'
import { PersonHeader } from './person-header.tsx'
import styles from './person-page.module.css'
import { type PersonPanel, type PersonSearch, readPersonSearch } from './person-search.ts'
import { SentimentTrend } from './sentiment-trend.tsx'
import { Timeline } from './timeline.tsx'
import { usePerson } from './use-person.ts'
import { listWords, personWords } from './words.ts'

/** One person: who they are, why we think so, and everything between them and us. */
export function PersonPage() {
  const { can } = useSession()
  const { personId } = useParams({ from: '/w/$workspace/people/$personId' })
  const person = usePerson(personId)
  if (!can('people.read')) return <NoAccess what={listWords.toRead} />
  if (person.isError && (person.data === undefined || isOutOfReach(person.error)))
    return <ErrorState error={person.error} onRetry={() => void person.refetch()} />
  if (person.data === undefined) {
    return (
      <div className={styles.page}>
        <Lines rows={10} height={22} />
      </div>
    )
  }
  return <LoadedPerson key={person.data.id} person={person.data} />
}

export type ChangePerson = (part: {
  readonly [Name in keyof PersonSearch]?: PersonSearch[Name] | undefined
}) => void

function LoadedPerson({ person }: { readonly person: Person }) {
  const { can } = useSession()
  const search = readPersonSearch(useSearch({ strict: false }))
  const navigate = useNavigate()
  const change = useCallback<ChangePerson>(
    (part) => {
      const next = (before: Record<string, unknown>) => ({ ...readPersonSearch({ ...before, ...part }) })
      void navigate({ to: '.', search: next, resetScroll: false })
    },
    [navigate],
  )
  const toggle = (panel: PersonPanel) => change({ panel: search.panel === panel ? undefined : panel })
  usePersonKeys(toggle)

  return (
    <div className={styles.page}>
      <title>{`${person.name} · Horseshoe`}</title>
      <PersonHeader person={person} panel={search.panel} onPanel={toggle} />
      {search.panel === 'merge' && can('people.merge') && (
        <MergePanel person={person} onClose={() => change({ panel: undefined })} />
      )}
      {search.panel === 'log' && can('engagements.log') && (
        <LogTouch personId={person.id} onClose={() => change({ panel: undefined })} />
      )}
      <div className={styles.columns}>
        <Timeline person={person} search={search} onChange={change} />
        <Facts person={person} canEdit={can('people.edit')} />
      </div>
    </div>
  )
}

function usePersonKeys(toggle: (panel: PersonPanel) => void): void {
  const { can } = useSession()
  useKeys(personWords.keys, [
    ...(can('engagements.log') ? [{ keys: 'l', title: personWords.log, run: () => toggle('log') }] : []),
    ...(can('people.merge') ? [{ keys: 'm', title: personWords.merge, run: () => toggle('merge') }] : []),
  ])
}

function Facts({ person, canEdit }: { readonly person: Person; readonly canEdit: boolean }) {
  return (
    <aside className={styles.facts} aria-label={personWords.facts}>
      <Part title={personWords.memory}>
        <MemoryEditor person={person} canEdit={canEdit} />
      </Part>
      <Part title={personWords.memberships}>
        <MembershipsEditor person={person} canEdit={canEdit} />
      </Part>
      <PersonChoices person={person} canEdit={canEdit} />
      <Part title={personWords.identities}>
        <Identities identities={person.identities} />
      </Part>
      {person.merges.length > 0 && <Merges person={person} />}
      <Part title={personWords.trend}>
        <SentimentTrend personId={person.id} />
      </Part>
      <Part title={personWords.cases}>
        <PersonCases cases={person.cases} />
      </Part>
    </aside>
  )
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className={styles.part}>
      <h2>{title}</h2>
      {children}
    </section>
  )
}
