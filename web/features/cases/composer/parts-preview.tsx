import { IconChevronDown } from '@tabler/icons-react'
import { useId, useState } from 'react'
import type { Preview } from '../../../../contract/replies.ts'
import { SafeText } from '../../../ui/safe-text.tsx'
import { Pictures } from '../../replies/pictures.tsx'
import type { KeptFile } from '../../replies/use-files.ts'
import styles from './composer.module.css'
import { composerWords } from './words.ts'

/** How the network will show and split the answer, and what it charges. Nothing where it goes out as it stands. */
export function PartsPreview({
  preview,
  files,
}: {
  readonly preview: Preview | undefined
  readonly files: readonly KeptFile[]
}) {
  const [isOpen, setIsOpen] = useState(false)
  const listId = useId()
  if (preview === undefined) return null
  const { parts, cost, warnings } = preview
  if (parts.length < 2 && cost === null && warnings.length === 0) return null
  return (
    <div className={styles.preview}>
      {warnings.map((warning) => (
        <p key={warning} className={styles.standing} data-grave>
          {warning}
        </p>
      ))}
      <p className={styles.standing}>
        {parts.length > 1 && (
          <button
            type="button"
            className={styles.pick}
            aria-expanded={isOpen}
            aria-controls={listId}
            onClick={() => setIsOpen(!isOpen)}
          >
            {composerWords.parts(parts.length)}
            <IconChevronDown size={12} aria-hidden className={styles.turn} data-open={isOpen || undefined} />
          </button>
        )}
        {cost !== null && <span>{composerWords.cost(cost)}</span>}
      </p>
      {isOpen && parts.length > 1 && (
        <ol id={listId} className={styles.parts}>
          {parts.map((part, index) => (
            <li key={`${index} ${part.length}`}>
              <span className={styles.partNumber}>{composerWords.partOf(index + 1, parts.length)}</span>
              <SafeText text={part} />
              {index === 0 && <Pictures media={files.map(toMedia)} />}
            </li>
          ))}
        </ol>
      )}
    </div>
  )
}

function toMedia({ id, mediaType, alt, name }: KeptFile) {
  return { url: `/api/v1/attachments/${id}`, mediaType, alt: alt || name }
}
