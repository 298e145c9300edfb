import { useState } from 'react'
import { IconMail } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { Engagement } from '../../../../contract/engagements.ts'
import { api } from '../../../api.ts'
import styles from './original.module.css'
import { threadWords } from './words.ts'

/** A mail as its writer laid it out: in a frame without scripts, without an origin and without a way outside. */
export function Original({ engagement }: { readonly engagement: Engagement }) {
  const [isOpen, setIsOpen] = useState(false)
  const isKept = useIsKept(engagement)
  if (engagement.channel !== 'email' || engagement.delivery !== null || engagement.deletedAt !== null)
    return null
  if (!isKept) return null
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

/** Mails are kept as they came where a mailbox was listened to; what was imported is not. */
function useIsKept({ presenceId }: Engagement): boolean {
  const connections = useQuery({ ...api.connections.list.queryOptions(), staleTime: 60_000 })
  return connections.data?.items.some(({ presence }) => presence?.id === presenceId) ?? false
}
