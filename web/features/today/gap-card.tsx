import { Link } from '@tanstack/react-router'
import type { TodayView } from '../../../contract/reports.ts'
import { useSession } from '../../session.ts'
import { GapRing } from '../../ui/gap-ring.tsx'
import { Card } from '../../ui/page.tsx'
import { sayShare, smallSampleWords } from '../../ui/say-figures.ts'
import styles from './today.module.css'
import { words } from './words.ts'

export function GapCard({ gap }: { readonly gap: TodayView['gap'] }) {
  const { slug } = useSession()
  const finding = gap.due === 0 ? words.gapNone : words.gapLabel(gap.withinTarget, gap.due)
  const points =
    gap.share === null || gap.previousShare === null
      ? undefined
      : Math.round((gap.share - gap.previousShare) * 1000) / 10
  const warning = gap.due === 0 ? undefined : smallSampleWords(gap.due)
  return (
    <Card className={styles.gap} title={words.gapTitle} about={words.gapAbout}>
      <div className={styles.ring}>
        <GapRing share={gap.share} previous={gap.previousShare} label={finding} size={196}>
          <div className={styles.share}>{sayShare(gap.share, 0)}</div>
          <div className={styles.within}>{words.within}</div>
        </GapRing>
        <p className={styles.finding}>
          <Link to="/w/$workspace/measure/response" params={{ workspace: slug }}>
            {finding}
          </Link>
          {points !== undefined && <span className={styles.dim}>{words.gapBefore(points)}</span>}
          {warning !== undefined && <span className={styles.warn}>{warning}</span>}
        </p>
      </div>
    </Card>
  )
}
