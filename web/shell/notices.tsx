import { Button, Indicator, Popover, ScrollArea, Tooltip } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconBell } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { api, queryClient } from '../api.ts'
import { useSession } from '../session.ts'
import { notifyError } from '../ui/notify.tsx'
import { RelativeTime } from '../ui/relative-time.tsx'
import { SafeText } from '../ui/safe-text.tsx'
import styles from './shell.module.css'
import { words } from './words.ts'

/** What colleagues want me to see. */
export function Notices({ isNarrow }: { readonly isNarrow: boolean }) {
  const [isOpen, { toggle, close }] = useDisclosure(false)
  const list = useQuery(api.notifications.list.queryOptions({ input: { limit: 30 } }))
  const unread = list.data?.unread ?? 0
  const name = unread === 0 ? words.notifications : `${words.notifications}, ${unread} unread`
  return (
    <Popover position="right-end" width={340} opened={isOpen} onChange={(next) => !next && close()} trapFocus>
      <Popover.Target>
        <Tooltip label={name} position="right" disabled={!isNarrow || isOpen}>
          <button
            type="button"
            className={styles.place}
            onClick={toggle}
            aria-label={name}
            aria-expanded={isOpen}
          >
            <Indicator disabled={unread === 0} size={8} offset={2} color="iron">
              <IconBell size={18} stroke={1.75} aria-hidden style={{ display: 'block' }} />
            </Indicator>
            <span className={styles.label}>{words.notifications}</span>
            {unread > 0 && <span className={styles.count}>{unread > 99 ? '99+' : unread}</span>}
          </button>
        </Tooltip>
      </Popover.Target>
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
      <ScrollArea.Autosize mah={420}>
        {items.length === 0 && <p className={styles.noticeEmpty}>{words.noNotifications}</p>}
        {items.map((item) => (
          <Link
            key={item.id}
            to="/w/$workspace/desk"
            params={{ workspace: slug }}
            search={{ case: item.caseId, view: 'all' }}
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
      </ScrollArea.Autosize>
    </>
  )
}
