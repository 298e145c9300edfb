import { type ReactNode } from 'react'
import { words } from './words.ts'

/** The frame of every page for people outside. */
export function Frame({ company, children }: { readonly company?: string; readonly children: ReactNode }) {
  return (
    <div className="frame">
      {company !== undefined && (
        <header className="company">
          <span className="initial" aria-hidden="true">
            {[...company][0]?.toUpperCase()}
          </span>
          {company}
        </header>
      )}
      <main>{children}</main>
      <footer className="foot">
        <svg width="14" height="14" viewBox="0 0 32 32" aria-hidden="true">
          <path
            d="M10.2 26.6a12 12 0 1 1 11.6 0"
            fill="none"
            stroke="currentColor"
            strokeWidth="5"
            strokeLinecap="round"
          />
        </svg>
        {words.poweredBy}
      </footer>
    </div>
  )
}

export interface ProblemProps {
  readonly title: string
  readonly about?: string
  readonly onRetry?: () => void
}

export function Problem({ title, about, onRetry }: ProblemProps) {
  return (
    <div className="problem" role="alert">
      <h1>{title}</h1>
      {about !== undefined && <p>{about}</p>}
      {onRetry !== undefined && (
        <button type="button" className="quiet" onClick={onRetry}>
          {words.again}
        </button>
      )}
    </div>
  )
}
