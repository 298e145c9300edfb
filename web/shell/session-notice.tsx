import { IconLock } from '@tabler/icons-react'
import { signInFromHere, useSessionEnded } from '../session-ended.ts'
import styles from './shell.module.css'
import { words } from './words.ts'

/** A session that ends in the midst of work takes nothing away: what stands here stays, with the way back in above it. */
export function SessionNotice() {
  const hasEnded = useSessionEnded()
  return (
    <div role="status" aria-live="polite" className={styles.notice} data-shown={hasEnded || undefined}>
      {hasEnded && (
        <>
          <IconLock size={16} aria-hidden /> <span>{words.sessionEnded}</span>
          <a href={signInFromHere()}>{words.signInAgain}</a>
        </>
      )}
    </div>
  )
}
