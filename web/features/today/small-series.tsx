import type { Sentiment } from '../../../contract/reading.ts'
import styles from './small-series.module.css'

export interface SmallSeriesProps {
  readonly shares: readonly (number | null)[]
  readonly days: readonly string[]
  /** The share at the upper edge, the same for all that stand side by side. */
  readonly top: number
  readonly tone: Sentiment
}

const height = 64
const step = 10

/** A bar a day; the last week stands out. Days without a word have none. */
export function SmallSeries({ shares, days, top, tone }: SmallSeriesProps) {
  const width = Math.max(1, shares.length) * step
  const last = shares.length - 7
  return (
    <svg
      className={styles.series}
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={`Share by day, ${days[0] ?? ''} to ${days.at(-1) ?? ''}, scale up to ${Math.round(top * 100)}%`}
    >
      {shares.map((share, index) => {
        const tall = share === null ? 0 : Math.max(1, (share / top) * (height - 2))
        return (
          <rect
            key={days[index] ?? index}
            x={index * step + 1}
            y={height - tall}
            width={step - 2}
            height={tall}
            className={styles[tone]}
            data-before={index < last || undefined}
          >
            <title>{`${days[index]}: ${share === null ? 'no words' : `${(share * 100).toFixed(1)}%`}`}</title>
          </rect>
        )
      })}
      <line x1="0" y1={height - 0.5} x2={width} y2={height - 0.5} className={styles.base} />
    </svg>
  )
}
