import { Button, Skeleton } from '@mantine/core'
import { useEffect, useState, type ReactNode } from 'react'
import { errorCode, sayError } from '../error-words.ts'
import { signInFromHere } from '../session-ended.ts'
import { Mark } from './mark.tsx'
import styles from './states.module.css'

export interface EmptyStateProps {
  readonly title: string
  /** What this is, in a sentence or two. */
  readonly children: ReactNode
  /** One action. */
  readonly action?: ReactNode
  readonly example?: ReactNode
  readonly isSmall?: boolean
}

/** An empty place that teaches: what belongs here, one thing to do, an example. */
export function EmptyState({ title, children, action, example, isSmall = false }: EmptyStateProps) {
  return (
    <div className={isSmall ? styles.small : styles.state}>
      {!isSmall && <Mark size={28} className={styles.mark} />}
      <h2 className={styles.title}>{title}</h2>
      <div className={styles.text}>{children}</div>
      {action !== undefined && <div className={styles.action}>{action}</div>}
      {example !== undefined && <div className={styles.example}>{example}</div>}
    </div>
  )
}

/** What happened, what to do, and what to quote. */
export function ErrorState({ error, onRetry }: { readonly error: unknown; readonly onRetry?: () => void }) {
  const words = sayError(error)
  return (
    <div className={styles.state} role="alert">
      <h2 className={styles.title}>{words.title}</h2>
      <p className={styles.text}>
        {words.detail} {words.hint}
      </p>
      <div className={styles.action}>
        {errorCode(error) === 'UNAUTHORIZED' ? (
          <Button component="a" href={signInFromHere()}>
            Sign in
          </Button>
        ) : (
          onRetry !== undefined && (
            <Button variant="default" onClick={onRetry}>
              Try again
            </Button>
          )
        )}
      </div>
      <p className={styles.reference}>Reference: {words.reference}</p>
    </div>
  )
}

/** Says which permission is missing instead of an empty page. */
export function NoAccess({ what }: { readonly what: string }) {
  return (
    <EmptyState title="No access">
      Your role does not include {what}. An owner or an administrator can change that in Settings.
    </EmptyState>
  )
}

/** Grey lines in place of what is coming; they appear only after 200 ms, so that quick pages do not flash. */
export function Lines({ rows = 6, height = 16 }: { readonly rows?: number; readonly height?: number }) {
  const isLate = useIsLate(200)
  return (
    <div className={styles.lines} aria-busy="true" data-shown={isLate || undefined}>
      <span className="hs-visually-hidden">Loading</span>
      {Array.from({ length: rows }, (_, row) => (
        <Skeleton key={row} height={height} width={`${92 - ((row * 17) % 40)}%`} radius="sm" />
      ))}
    </div>
  )
}

/** A grey block of the height that the coming picture takes. */
export function Block({ height }: { readonly height: number }) {
  const isLate = useIsLate(200)
  return (
    <div style={{ height }} aria-busy="true">
      {isLate && <Skeleton height={height} radius="md" />}
    </div>
  )
}

function useIsLate(milliseconds: number): boolean {
  const [isLate, setIsLate] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setIsLate(true), milliseconds)
    return () => clearTimeout(timer)
  }, [milliseconds])
  return isLate
}
