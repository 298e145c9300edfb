import { Button, Popover } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { cloneElement, type ReactElement } from 'react'
import { api, queryClient } from '../api.ts'
import { useSession } from '../session.ts'
import { notifyError } from '../ui/notify.tsx'
import { RelativeTime } from '../ui/relative-time.tsx'
import { SafeText } from '../ui/safe-text.tsx'
import styles from './shell.module.css'
import { words } from './words.ts'

export interface NoticesProps {
  readonly unread: number
  readonly target: ReactElement<{ onClick?: () => void }>
}

/** What colleagues want me to see. */
export function Notices({ unread, target }: NoticesProps) {
  const [isOpen, { toggle, close }] = useDisclosure(true)
  return (
    <Popover position="right-end" width={340} opened={isOpen} onChange={(next) => !next && close()} trapFocus>
      <Popover.Target>{cloneElement(target, { onClick: toggle })}</Popover.Target>
      <Popover.Dropdown p={0}>
        <NoticeList unread={unread} onClose={close} />
      </Popover.Dropdown>
    </Popover>
  )
}

function NoticeList({ unread, onClose }: { readonly unread: number; readonly onClose: () => void }) {
  const { slug } = useSession()
  const list = useQuery(api.notifications.list.queryOptions({ input: { limit: 30 } }))
  const read = useMutation(
    api.notifications.read.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries({ queryKey: api.notifications.key() }),
      onError: notifyError,
    }),
  )
  const items = list.data?.items ?? []
  return (
    <>
      <div className={styles.noticeHead}>
        <strong>{words.notifications}</strong>
        {unread > 0 && (
          <Button variant="subtle" size="compact-xs" onClick={() => read.mutate({})}>
            {words.markRead}
          </Button>
        )}
      </div>
      <div className={styles.noticeScroll}>
        {items.length === 0 && <p className={styles.noticeEmpty}>{words.noNotifications}</p>}
        {items.map((item) => (
          <Link
            key={item.id}
            {...(item.caseId === null
              ? {
                  to: '/w/$workspace/settings',
                  params: { workspace: slug },
                  search: { tab: 'presences' },
                }
              : {
                  to: '/w/$workspace/desk',
                  params: { workspace: slug },
                  search: { case: item.caseId, view: 'all' },
                })}
            className={styles.noticeItem}
            data-unread={!item.isRead || undefined}
            onClick={() => {
              if (!item.isRead) read.mutate({ ids: [item.id] })
              onClose()
            }}
          >
            <SafeText text={item.text} isInline />
            <RelativeTime at={item.at} />
          </Link>
        ))}
      </div>
    </>
  )
}
