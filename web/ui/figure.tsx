import type { ReactNode } from 'react'
import styles from './figure.module.css'
import { sayInterval, smallSampleWords } from './say-figures.ts'

export interface FigureProps {
  readonly label: string
  /** The figure as it is read. */
  readonly value: ReactNode
  readonly interval?: { readonly low: number; readonly high: number } | null
  /** Of how many; small ones are said in words. */
  readonly n?: number
  readonly unit?: string
  readonly note?: ReactNode
  /** What opens the records that it is made of. */
  readonly records?: ReactNode
}

/** One number with its interval and n; it opens into its records. */
export function Figure({ label, value, interval, n, unit = 'turns', note, records }: FigureProps) {
  const warning = n === undefined ? undefined : smallSampleWords(n)
  const about = [
    interval ? `95% interval ${sayInterval(interval)}` : '',
    n === undefined ? '' : `n = ${n.toLocaleString()} ${unit}`,
  ].filter(Boolean)
  return (
    <div className={styles.figure}>
      <div className={styles.label}>{label}</div>
      <div className={styles.value}>{value}</div>
      {about.map((line) => (
        <div key={line} className={styles.about}>
          {line}
        </div>
      ))}
      {warning !== undefined && <div className={styles.warning}>{warning}</div>}
      {note !== undefined && <div className={styles.about}>{note}</div>}
      {records !== undefined && <div className={styles.records}>{records}</div>}
    </div>
  )
}
