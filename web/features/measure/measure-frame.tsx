import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useSession } from '../../session.ts'
import { Page } from '../../ui/page.tsx'
import { NoAccess } from '../../ui/states.tsx'
import { FilterBar } from './filter-bar.tsx'
import styles from './measure.module.css'
import { TurnsPanel } from './turns-panel.tsx'
import { useReport } from './use-report.ts'
import { words } from './words.ts'

export interface MeasureFrameProps {
  readonly about: string
  readonly actions: ReactNode
  readonly children: ReactNode
}

/** The two reports share their filters: going from one to the other keeps what is measured. */
export function MeasureFrame({ about, actions, children }: MeasureFrameProps) {
  const { slug, can } = useSession()
  const { filter } = useReport()
  if (!can('reports.read')) return <NoAccess what="reports" />
  const kept = Object.fromEntries(Object.entries(filter).map(([name, value]) => [name, String(value)]))
  return (
    <Page title={words.title} about={about} actions={actions}>
      <nav className={styles.tabs} aria-label={words.title}>
        <Link
          to="/w/$workspace/measure/response"
          params={{ workspace: slug }}
          search={kept}
          activeOptions={inPath}
        >
          {words.response}
        </Link>
        <Link
          to="/w/$workspace/measure/outcome"
          params={{ workspace: slug }}
          search={kept}
          activeOptions={inPath}
        >
          {words.outcome}
        </Link>
      </nav>
      <FilterBar />
      {children}
      <TurnsPanel />
    </Page>
  )
}

const inPath = { includeSearch: false } as const
