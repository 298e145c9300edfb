import { useQuery } from '@tanstack/react-query'
import type { TodayView } from '../../../contract/reports.ts'
import { api } from '../../api.ts'
import { useSession } from '../../session.ts'
import { Page } from '../../ui/page.tsx'
import { useNow } from '../../ui/relative-time.tsx'
import { ErrorState, Lines, NoAccess } from '../../ui/states.tsx'
import { BurningCard } from './burning-card.tsx'
import { ChangesCard } from './changes-card.tsx'
import { FeelingCard } from './feeling-card.tsx'
import { FunctionsCard } from './functions-card.tsx'
import { GapCard } from './gap-card.tsx'
import { TodayEmpty } from './today-empty.tsx'
import styles from './today.module.css'
import { VolumeChart } from './volume-chart.tsx'
import { WaitingCard } from './waiting-card.tsx'
import { words } from './words.ts'

const dateFormat = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long' })

/** One screen that a head of customer experience reads over coffee. */
export function TodayPage() {
  const { can } = useSession()
  const today = useQuery(api.overview.today.queryOptions({ enabled: can('reports.read') }))
  const date = dateFormat.format(useNow())
  if (!can('reports.read')) return <NoAccess what="reports" />
  return (
    <Page title={words.title} about={date}>
      {today.error !== null && <ErrorState error={today.error} onRetry={() => void today.refetch()} />}
      {today.isPending && <Lines rows={10} height={24} />}
      {today.data !== undefined && <Overview view={today.data} />}
    </Page>
  )
}

function Overview({ view }: { readonly view: TodayView }) {
  const hasAny = view.waiting.total > 0 || view.volume.some((day) => day.inbound > 0)
  if (!hasAny) return <TodayEmpty />
  return (
    <>
      <BurningCard view={view} />
      <div className={styles.grid}>
        <WaitingCard waiting={view.waiting} />
        <GapCard gap={view.gap} />
        <FeelingCard days={view.feeling} />
        <FunctionsCard functions={view.functions} />
        <ChangesCard changes={view.changes} />
        <div className={styles.wide}>
          <VolumeChart days={view.volume} />
        </div>
      </div>
    </>
  )
}
