import type { ReadingReason } from '../../../../contract/reading.ts'
import { SafeText } from '../../../ui/safe-text.tsx'
import { labelTitles } from '../words.ts'
import styles from './reading-form.module.css'
import { readingWords } from './words.ts'

/** Words that counted, the strongest first, and rules that fired. */
export function ReadingReasons({ reasons }: { readonly reasons: readonly ReadingReason[] }) {
  const words = reasons
    .filter((reason) => reason.by === 'word')
    .toSorted(byStrength)
    .slice(0, 8)
  const rules = reasons.filter((reason) => reason.by === 'rule')
  if (words.length === 0 && rules.length === 0)
    return <p className={styles.source}>{readingWords.noReasons}</p>
  const strongest = Math.abs(words[0]?.weight ?? 1)
  return (
    <>
      {words.length > 0 && (
        <section>
          <h4>{readingWords.reasons}</h4>
          <ul className={styles.words}>
            {words.map((reason) => (
              <li key={`${reason.about} ${reason.detail}`}>
                <SafeText text={reason.detail} isInline className={styles.word} />
                <span className={styles.about}>{titleOf(reason.about)}</span>
                <meter
                  className={styles.weight}
                  min={0}
                  max={strongest || 1}
                  value={Math.abs(reason.weight)}
                  aria-label={readingWords.weight(reason.weight)}
                  title={readingWords.weight(reason.weight)}
                />
              </li>
            ))}
          </ul>
        </section>
      )}
      {rules.length > 0 && (
        <section>
          <h4>{readingWords.rules}</h4>
          <ul className={styles.rules}>
            {rules.map((reason) => (
              <li key={`${reason.about} ${reason.detail}`}>
                {titleOf(reason.about)}: <SafeText text={reason.detail} isInline />
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}

function byStrength(a: ReadingReason, b: ReadingReason): number {
  return Math.abs(b.weight) - Math.abs(a.weight)
}

function titleOf(about: ReadingReason['about']): string {
  if (about === 'sentiment') return readingWords.sentiment
  return about === 'language' ? readingWords.language : labelTitles[about]
}
