import { Popover } from '@mantine/core'
import { IconPencil } from '@tabler/icons-react'
import { useState } from 'react'
import type { Engagement } from '../../../../contract/engagements.ts'
import { SentimentMark } from '../../../ui/sentiment-mark.tsx'
import { labelTitles } from '../words.ts'
import styles from './message.module.css'
import { ReadingForm } from './reading-form.tsx'
import { readingWords } from './words.ts'

/** What was understood of a message; one press shows why and lets a person correct it. */
export function ReadingChips({ engagement }: { readonly engagement: Engagement }) {
  const [isOpen, setIsOpen] = useState(false)
  const { sentiment, labels } = engagement
  const isNothing = sentiment === null && labels.length === 0
  return (
    <Popover opened={isOpen} onChange={setIsOpen} width={320} position="bottom-start" trapFocus returnFocus>
      <Popover.Target>
        <button
          type="button"
          className={styles.reading}
          aria-expanded={isOpen}
          aria-haspopup="dialog"
          title={readingWords.correct}
          onClick={() => setIsOpen((open) => !open)}
        >
          {sentiment !== null && (
            <SentimentMark sentiment={sentiment} isUnsure={engagement.isSentimentUnsure} withWord />
          )}
          {labels.map((label) => (
            <span key={label} className={styles.label}>
              {labelTitles[label]}
            </span>
          ))}
          {isNothing && <span>{readingWords.nothing}</span>}
          <IconPencil size={12} aria-hidden className={styles.pencil} />
          <span className="hs-visually-hidden">{readingWords.correct}</span>
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label={readingWords.title}>
        {isOpen && <ReadingForm engagement={engagement} onDone={() => setIsOpen(false)} />}
      </Popover.Dropdown>
    </Popover>
  )
}
