import type { CaseDetail } from '../../../../contract/cases.ts'
import { SafeText } from '../../../ui/safe-text.tsx'
import { sayExact } from '../../../ui/say-time.ts'
import { isCounting } from '../clocks.ts'
import { clockTitles } from '../words.ts'
import styles from './case-aside.module.css'
import { asideWords } from './words.ts'

/** When the case began and ended, how its clocks ended, and what the customer said about it. */
export function CaseFacts({ detail }: { readonly detail: CaseDetail }) {
  const ended = detail.clocks.filter(
    (clock) => (clock.state === 'met' || clock.state === 'missed') && !isCounting(clock, detail),
  )
  const { survey, resolvedAt } = detail
  return (
    <section className={styles.part}>
      <h3>{asideWords.case}</h3>
      <dl className={styles.facts}>
        <dt>{asideWords.opened}</dt>
        <dd>{sayExact(Date.parse(detail.openedAt))}</dd>
        {resolvedAt !== null && (
          <>
            <dt>{asideWords.resolved}</dt>
            <dd>{sayExact(Date.parse(resolvedAt))}</dd>
          </>
        )}
        {ended.map((clock) => (
          <ClockFact key={clock.kind} title={clockTitles[clock.kind]} isMet={clock.state === 'met'} />
        ))}
        {survey !== null && (
          <>
            <dt>{asideWords.survey}</dt>
            <dd>{survey.score === null ? asideWords.surveyAsked : asideWords.surveyScore(survey.score)}</dd>
          </>
        )}
      </dl>
      {survey !== null && survey.comment !== '' && (
        <SafeText text={survey.comment} className={styles.comment} />
      )}
    </section>
  )
}

function ClockFact({ title, isMet }: { readonly title: string; readonly isMet: boolean }) {
  return (
    <>
      <dt>{title}</dt>
      <dd className={isMet ? styles.met : styles.missed}>{isMet ? asideWords.met : asideWords.missed}</dd>
    </>
  )
}
