import type { ReactNode } from 'react'
import styles from './page.module.css'

export interface PageProps {
  readonly title: string
  readonly about?: ReactNode
  readonly actions?: ReactNode
  /** Pages that use the whole width, such as tables. */
  readonly isWide?: boolean
  readonly children: ReactNode
}

/** A page with a heading; the desk lays itself out. */
export function Page({ title, about, actions, isWide = false, children }: PageProps) {
  return (
    <div className={styles.page} data-wide={isWide || undefined}>
      <title>{`${title} · Horseshoe`}</title>
      <header className={styles.head}>
        <div>
          <h1 className={styles.title}>{title}</h1>
          {about !== undefined && <p className={styles.about}>{about}</p>}
        </div>
        {actions !== undefined && <div className={styles.actions}>{actions}</div>}
      </header>
      {children}
    </div>
  )
}

export interface CardProps {
  readonly title?: ReactNode
  readonly about?: ReactNode
  readonly actions?: ReactNode
  readonly className?: string
  readonly children: ReactNode
}

export function Card({ title, about, actions, className, children }: CardProps) {
  return (
    <section className={[styles.card, className].filter(Boolean).join(' ')}>
      {(title !== undefined || actions !== undefined) && (
        <div className={styles.cardHead}>
          <div>
            {title !== undefined && <h2 className={styles.cardTitle}>{title}</h2>}
            {about !== undefined && <p className={styles.cardAbout}>{about}</p>}
          </div>
          {actions !== undefined && <div className={styles.actions}>{actions}</div>}
        </div>
      )}
      {children}
    </section>
  )
}
