import { IconChevronDown, IconRouteAltLeft } from '@tabler/icons-react'
import type { CaseDecision, CaseDetail } from '../../../../contract/cases.ts'
import { RelativeTime } from '../../../ui/relative-time.tsx'
import { useDesk } from '../desk-context.ts'
import { priorityTitles } from '../words.ts'
import styles from './why-here.module.css'
import { threadWords } from './words.ts'

/** Why the case is here, in one sentence; one press shows the whole path with its reasons. */
export function WhyHere({ detail }: { readonly detail: CaseDetail }) {
  const { search, change, functionTitle } = useDesk()
  const decision = detail.decisions[0]
  if (decision === undefined) return null
  const isOpen = search.panel === 'path'
  const last = decision.path.at(-1)
  return (
    <section className={styles.why} aria-label={threadWords.why}>
      <button
        type="button"
        className={styles.line}
        aria-expanded={isOpen}
        aria-controls="decision-path"
        onClick={() => change({ panel: isOpen ? undefined : 'path' }, { isReplacing: true })}
      >
        <IconRouteAltLeft size={15} aria-hidden />
        <span className={styles.sentence}>
          <strong>{threadWords.why}</strong>
          {decision.leaf}, {functionTitle(decision.function)},{' '}
          {priorityTitles[decision.priority].toLowerCase()}
          {last !== undefined && (
            <span className={styles.because}>{threadWords.because(last.title, last.answer)}</span>
          )}
        </span>
        <span className={styles.more}>{isOpen ? threadWords.hidePath : threadWords.path}</span>
        <IconChevronDown size={14} aria-hidden className={styles.chevron} data-open={isOpen || undefined} />
      </button>
      {isOpen && (
        // What scrolls must be reachable by keys.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        <div
          id="decision-path"
          className={styles.panel}
          tabIndex={0}
          role="group"
          aria-label={threadWords.why}
        >
          <Path decision={decision} />
          <Earlier decisions={detail.decisions.slice(1)} />
          <Hops detail={detail} />
        </div>
      )}
    </section>
  )
}

function Path({ decision }: { readonly decision: CaseDecision }) {
  return (
    <>
      <ol className={styles.path}>
        {decision.path.map((step) => (
          <li key={step.title}>
            <span>
              {step.title} <strong>{step.answer}</strong>
            </span>
            {step.reasons.length > 0 && <span className={styles.reasons}>{step.reasons.join('; ')}</span>}
          </li>
        ))}
        <li>
          <strong>{decision.leaf}</strong>
        </li>
      </ol>
      <p className={styles.source}>
        {threadWords.treeVersion(decision.treeVersion)} · <RelativeTime at={decision.at} />
      </p>
    </>
  )
}

function Earlier({ decisions }: { readonly decisions: readonly CaseDecision[] }) {
  const { functionTitle } = useDesk()
  if (decisions.length === 0) return null
  return (
    <section>
      <h3>{threadWords.earlier}</h3>
      <ul className={styles.hops}>
        {decisions.slice(0, 10).map((decision) => (
          <li key={decision.id}>
            {decision.leaf} {threadWords.arrow} {functionTitle(decision.function)} ·{' '}
            <RelativeTime at={decision.at} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Hops({ detail }: { readonly detail: CaseDetail }) {
  const { functionTitle } = useDesk()
  if (detail.hops.length < 2) return null
  return (
    <section>
      <h3>{threadWords.routeTitle}</h3>
      <ol className={styles.hops}>
        {detail.hops.map((hop) => (
          <li key={`${hop.at} ${hop.toFunction}`}>
            {functionTitle(hop.toFunction)}
            {hop.to !== null && `, ${hop.to}`}
            {hop.reason !== '' && ` – ${hop.reason}`} · {threadWords.waitedFor(hop.waitedSeconds)}
          </li>
        ))}
      </ol>
    </section>
  )
}
