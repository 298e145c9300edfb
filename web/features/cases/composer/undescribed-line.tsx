import { IconEyeOff } from '@tabler/icons-react'
import { fileWords } from '../../replies/words.ts'
import styles from './composer.module.css'

/** Asks once for the description of a picture; it can be sent without. */
export function UndescribedLine({ onSend }: { readonly onSend: () => void }) {
  return (
    <p className={styles.standing} data-grave role="status">
      <IconEyeOff size={14} aria-hidden />
      <span>
        {fileWords.altMissing}{' '}
        <button type="button" className={styles.act} onClick={onSend}>
          {fileWords.sendUndescribed}
        </button>
      </span>
    </p>
  )
}
