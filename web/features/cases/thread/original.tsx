import { useState } from 'react'
import { IconMail } from '@tabler/icons-react'
import type { Engagement } from '../../../../contract/engagements.ts'
import styles from './original.module.css'
import { threadWords } from './words.ts'

/** A mail as its writer laid it out: in a frame without scripts, without an origin and without a way outside. */
export function Original({ engagement }: { readonly engagement: Engagement }) {
  const [isOpen, setIsOpen] = useState(false)
  if (engagement.channel !== 'email' || engagement.delivery !== null || engagement.deletedAt !== null)
    return null
  return (
    <>
      <button
        type="button"
        className={styles.open}
        aria-expanded={isOpen}
        onClick={() => setIsOpen((was) => !was)}
      >
        <IconMail size={13} aria-hidden /> {isOpen ? threadWords.original.hide : threadWords.original.show}
      </button>
      {isOpen && (
        <iframe
          className={styles.frame}
          title={threadWords.original.title}
          src={`/api/v1/engagements/${engagement.id}/original`}
          sandbox="allow-popups allow-popups-to-escape-sandbox"
          referrerPolicy="no-referrer"
          loading="lazy"
        />
      )}
    </>
  )
}
