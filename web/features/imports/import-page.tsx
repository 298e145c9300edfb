import { useQuery } from '@tanstack/react-query'
import { api } from '../../api.ts'
import { useSession } from '../../session.ts'
import { Page } from '../../ui/page.tsx'
import { EmptyState, ErrorState, Lines, NoAccess } from '../../ui/states.tsx'
import styles from './imports.module.css'
import { NewImport } from './new-import.tsx'
import { RunCard } from './run-card.tsx'
import { csvExample, words } from './words.ts'

export function ImportPage() {
  const { can } = useSession()
  if (!can('engagements.import')) return <NoAccess what="imports" />
  return (
    <Page title={words.title} about={words.about}>
      <NewImport />
      <Runs />
    </Page>
  )
}

function Runs() {
  const runs = useQuery(api.imports.list.queryOptions())
  if (runs.error !== null) return <ErrorState error={runs.error} onRetry={() => void runs.refetch()} />
  if (runs.isPending) return <Lines rows={4} height={28} />
  if (runs.data.items.length === 0) {
    return (
      <EmptyState title={words.noRuns} example={<Example />}>
        {words.noRunsAbout}
      </EmptyState>
    )
  }
  return (
    <section>
      <h2 className={styles.title}>{words.runs}</h2>
      {runs.data.items.map((run) => (
        <RunCard key={run.id} run={run} />
      ))}
    </section>
  )
}

function Example() {
  return (
    <figure className={styles.example}>
      <figcaption>{words.example}</figcaption>
      <pre tabIndex={0}>{csvExample}</pre>
    </figure>
  )
}
