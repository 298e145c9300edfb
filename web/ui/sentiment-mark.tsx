import { IconMoodEmpty, IconMoodSad, IconMoodSmile, type Icon } from '@tabler/icons-react'
import type { Sentiment } from '../../contract/reading.ts'
import styles from './badges.module.css'

const icons: Readonly<Record<Sentiment, Icon>> = {
  negative: IconMoodSad,
  neutral: IconMoodEmpty,
  positive: IconMoodSmile,
}
export const sentimentWords: Readonly<Record<Sentiment, string>> = {
  negative: 'Negative',
  neutral: 'Neutral',
  positive: 'Positive',
}

export interface SentimentMarkProps {
  readonly sentiment: Sentiment
  readonly isUnsure?: boolean
  /** Without it the word is there for readers only. */
  readonly withWord?: boolean
  readonly size?: number
}

/** A feeling by shape and colour, and a word. */
export function SentimentMark({
  sentiment,
  isUnsure = false,
  withWord = false,
  size = 15,
}: SentimentMarkProps) {
  const Face = icons[sentiment]
  const word = isUnsure ? `${sentimentWords[sentiment]}, unsure` : sentimentWords[sentiment]
  return (
    <span className={styles.sentiment} data-sentiment={sentiment} title={word}>
      <Face size={size} stroke={1.75} aria-hidden opacity={isUnsure ? 0.6 : 1} />
      <span className={withWord ? undefined : 'hs-visually-hidden'}>{word}</span>
    </span>
  )
}
