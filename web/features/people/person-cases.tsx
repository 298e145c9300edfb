import { Link } from '@tanstack/react-router'
import type { Person } from '../../../contract/people.ts'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { SafeText } from '../../ui/safe-text.tsx'
import { useSession } from '../../session.ts'
import styles from './facts.module.css'
import { personWords } from './words.ts'

export interface PersonCasesProps {
  readonly cases: Person['cases']
  /** The one that is open beside this list. */
  readonly without?: string
}

/** Cases of a person, each a way to the desk. */
export function PersonCases({ cases, without }: PersonCasesProps) {
  const { slug } = useSession()
  const shown = cases.filter((item) => item.id !== without)
  if (shown.length === 0) return <p className={styles.nothing}>{personWords.noCases}</p>
  return (
    <ul className={styles.cases}>
      {shown.map((item) => (
        <li key={item.id}>
          <Link to="/w/$workspace/desk" params={{ workspace: slug }} search={{ view: 'all', case: item.id }}>
            <span className={styles.caseHead}>
              <span className="hs-num">#{item.number}</span> <span>{personWords.status(item.status)}</span>
              <RelativeTime at={item.openedAt} />
            </span>
            <SafeText text={item.preview} isInline className={styles.casePreview} />
          </Link>
        </li>
      ))}
    </ul>
  )
}
