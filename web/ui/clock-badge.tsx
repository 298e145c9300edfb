import { IconAlertTriangle, IconClock, IconClockPause } from '@tabler/icons-react'
import { useNow } from './relative-time.tsx'
import { sayClock, type ClockTone } from './say-clock.ts'
import { sayExact } from './say-time.ts'
import styles from './badges.module.css'

export interface ClockBadgeProps {
  readonly dueAt: string | null
  readonly isPaused?: boolean
  /** What is due, for readers and the hover: "First answer". */
  readonly what?: string
}

/** How a clock stands, in colour and in words. Nothing where no clock runs. */
export function ClockBadge({ dueAt, isPaused = false, what }: ClockBadgeProps) {
  const now = useNow()
  if (dueAt === null && !isPaused) return null
  const due = dueAt === null ? undefined : Date.parse(dueAt)
  const { text, tone } = sayClock(due, now, isPaused)
  const exact = due === undefined ? '' : `due ${sayExact(due)}`
  return (
    <span className={styles.clock} data-tone={tone} title={[what, exact].filter(Boolean).join(', ')}>
      <ToneIcon tone={tone} />
      {text}
    </span>
  )
}

function ToneIcon({ tone }: { readonly tone: ClockTone }) {
  if (tone === 'late') return <IconAlertTriangle size={13} stroke={2} aria-hidden />
  if (tone === 'paused') return <IconClockPause size={13} stroke={2} aria-hidden />
  return <IconClock size={13} stroke={2} aria-hidden />
}
