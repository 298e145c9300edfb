import type { ReactNode } from 'react'
import { Mark } from '../../ui/mark.tsx'
import styles from './outside-frame.module.css'

export interface OutsideFrameProps {
  readonly title: string
  readonly about?: ReactNode
  readonly isWide?: boolean
  readonly children: ReactNode
}

/** The frame of pages before somebody is in: sign-in, invitation, first set-up. */
export function OutsideFrame({ title, about, isWide = false, children }: OutsideFrameProps) {
  return (
    <main className={styles.outside}>
      <title>{`${title} · Horseshoe`}</title>
      <div className={styles.frame} data-wide={isWide || undefined}>
        <div className={styles.brand}>
          <Mark size={26} /> Horseshoe
        </div>
        <div className={styles.card}>
          <h1 className={styles.title}>{title}</h1>
          {about !== undefined && <p className={styles.about}>{about}</p>}
          {children}
        </div>
      </div>
    </main>
  )
}
