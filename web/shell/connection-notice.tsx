import { IconPlugConnectedX } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useLiveState } from '../live.ts'
import { useSessionEnded } from '../session-ended.ts'
import styles from './shell.module.css'
import { words } from './words.ts'

const patience = 1500

/** Says a lost connection plainly. A hiccup that heals within a moment is not worth a word. */
export function ConnectionNotice() {
  const state = useLiveState()
  const [isLong, setIsLong] = useState(false)
  useEffect(() => {
    if (state !== 'lost') return
    const timer = setTimeout(() => setIsLong(true), patience)
    return () => {
      clearTimeout(timer)
      setIsLong(false)
    }
  }, [state])
  const hasEnded = useSessionEnded()
  const isShown = state === 'lost' && isLong && !hasEnded
  return (
    <div role="status" aria-live="polite" className={styles.notice} data-shown={isShown || undefined}>
      {isShown && (
        <>
          <IconPlugConnectedX size={16} aria-hidden /> {words.lost}
        </>
      )}
    </div>
  )
}
