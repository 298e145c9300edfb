import { CloseButton } from '@mantine/core'
import { SafeText } from '../../../ui/safe-text.tsx'
import type { Refused } from '../actions/use-bulk.ts'
import styles from './bulk-bar.module.css'
import { bulkWords } from './words.ts'

/** Which of the picked cases were not changed, and why. */
export function BulkRefusals({
  refused,
  onClose,
}: {
  readonly refused: readonly Refused[]
  readonly onClose: () => void
}) {
  if (refused.length === 0) return null
  return (
    <div className={styles.refusals} role="alert">
      <div className={styles.refusalHead}>
        <strong>{bulkWords.refused(refused.length)}</strong>
        <CloseButton size="sm" aria-label={bulkWords.close} onClick={onClose} />
      </div>
      <ul>
        {refused.map((item) => (
          <li key={item.id}>
            <span className="hs-num">#{item.number}</span> <SafeText text={item.name} isInline />:{' '}
            {item.reason}
          </li>
        ))}
      </ul>
    </div>
  )
}
