import styles from './gap-ring.module.css'
import { ringArc, ringNotch, ringPath, withoutCaps } from './ring-arc.ts'

export interface GapRingProps {
  /** Share answered within the target, 0 to 1; null where nothing was due. */
  readonly share: number | null
  readonly previous?: number | null
  readonly size?: number
  /** What readers hear: the finding in a sentence. */
  readonly label: string
  readonly children?: React.ReactNode
}

/** The picture of the product: a horseshoe whose gap closes as cases are answered within their target. */
export function GapRing({ share, previous = null, size = 208, label, children }: GapRingProps) {
  const before = previous === null ? undefined : ringArc(previous)
  return (
    <div className={styles.ring} style={{ width: size, height: size }}>
      <svg viewBox="0 0 200 200" role="img" aria-label={label}>
        <circle cx="100" cy="100" r="84" className={styles.track} />
        {share !== null && <path d={ringPath(withoutCaps(ringArc(share)), 84)} className={styles.arc} />}
        {before !== undefined && previous !== null && previous < 1 && (
          <g className={styles.before}>
            <path d={ringNotch(before.from, 76, 92)} />
            <path d={ringNotch(before.to, 76, 92)} />
          </g>
        )}
      </svg>
      <div className={styles.middle}>{children}</div>
    </div>
  )
}
