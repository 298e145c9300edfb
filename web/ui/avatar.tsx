import type { CSSProperties } from 'react'
import styles from './avatar.module.css'
import { initialsOf } from './initials.ts'

export interface AvatarProps {
  readonly name: string
  /** A member of ours, or a person outside. */
  readonly of: 'member' | 'person'
  readonly size?: number
  /** Does not take cases now. */
  readonly isAway?: boolean
  /** Somebody waits for our answer: the open ring. */
  readonly isWaiting?: boolean
}

/** Two letters for a name, beside it or with its name as a title; readers are told the name, not the letters. */
export function Avatar({ name, of, size = 24, isAway, isWaiting }: AvatarProps) {
  const style: CSSProperties & { '--size': string } = { '--size': `${size}px` }
  return (
    <span className={styles.disc} data-of={of} data-away={isAway || undefined} style={style} aria-hidden>
      {initialsOf(name)}
      {isWaiting && <WaitingRing />}
    </span>
  )
}

function WaitingRing() {
  return (
    <svg className={styles.ring} viewBox="0 0 32 32" aria-hidden>
      <path
        d="M 9.2 28.2 A 14 14 0 1 1 22.8 28.2"
        fill="none"
        stroke="var(--hs-accent)"
        strokeWidth="2.2"
        strokeLinecap="round"
      />
    </svg>
  )
}
