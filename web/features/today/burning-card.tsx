import {
  IconAlarm,
  IconCircleCheck,
  IconClockExclamation,
  IconMailX,
  IconPlugConnectedX,
  IconTrendingUp,
  IconUserQuestion,
  type Icon,
} from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { TodayView } from '../../../contract/reports.ts'
import { api } from '../../api.ts'
import { useSession } from '../../session.ts'
import styles from './burning-card.module.css'
import { burningOf, type Flame, type FlameKind } from './burning-of.ts'
import { burningWords as words } from './words.ts'

const icons: Readonly<Record<FlameKind, Icon>> = {
  late: IconClockExclamation,
  soon: IconAlarm,
  unassigned: IconUserQuestion,
  unsent: IconMailX,
  connections: IconPlugConnectedX,
  change: IconTrendingUp,
}

/** What wants somebody now, the worst first; each leads to exactly those records. */
export function BurningCard({ view }: { readonly view: TodayView }) {
  const { slug, can } = useSession()
  const connections = useQuery({
    ...api.connections.list.queryOptions(),
    enabled: can('workspace.read'),
    staleTime: 60_000,
  })
  const flames = burningOf(view, connections.data?.items ?? [])
  if (flames.length === 0) {
    return (
      <section className={styles.calm} aria-label={words.title}>
        <IconCircleCheck size={18} aria-hidden /> {words.calm}
      </section>
    )
  }
  return (
    <section aria-label={words.title}>
      <ul className={styles.row}>
        {flames.map((flame) => (
          <li key={flame.kind}>
            <Tile flame={flame} slug={slug} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Tile({ flame, slug }: { readonly flame: Flame; readonly slug: string }) {
  const FlameIcon = icons[flame.kind]
  return (
    <Link
      to={`/w/$workspace${flame.path}`}
      params={{ workspace: slug }}
      search={flame.search}
      className={styles.tile}
      data-tone={flame.tone}
    >
      <FlameIcon size={18} aria-hidden />
      <span className={styles.number}>{flame.figure}</span>
      <span className={styles.what}>{flame.what}</span>
    </Link>
  )
}
