import type { ReactNode } from 'react'
import styles from './badges.module.css'

export interface ChipProps {
  readonly children: ReactNode
  readonly tone?: 'late' | 'warn' | 'good' | 'accent'
  readonly title?: string
}

/** A quiet word in a box: a tag, a label, a state. */
export function Chip({ children, tone, title }: ChipProps) {
  return (
    <span className={styles.chip} data-tone={tone} title={title}>
      {children}
    </span>
  )
}
