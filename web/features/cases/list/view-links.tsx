import { Menu } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { api } from '../../../api.ts'
import { useDesk } from '../desk-context.ts'
import type { DeskView } from '../desk-search.ts'
import { viewTitles } from '../words.ts'
import styles from './list-head.module.css'
import { listWords } from './words.ts'

const shownViews = ['open', 'mine', 'unassigned'] as const satisfies readonly DeskView[]
const otherViews = ['mentions', 'snoozed', 'resolved', 'all'] as const satisfies readonly DeskView[]

/** The views with their counts; each is a link, so that it can be opened and sent to a colleague. */
export function ViewLinks() {
  const { search } = useDesk()
  const { data } = useQuery(api.cases.counts.queryOptions())
  const current = search.view ?? 'open'
  const other = otherViews.find((view) => view === current)
  const countOf = (view: DeskView) => data?.views[view]
  const unreadOf = (view: DeskView) => data?.unread.views[view] ?? 0
  return (
    <nav aria-label={listWords.views} className={styles.views}>
      {shownViews.map((view) => (
        <ViewLink
          key={view}
          view={view}
          count={countOf(view)}
          unread={unreadOf(view)}
          isCurrent={view === current}
        />
      ))}
      <Menu position="bottom-end" width={200}>
        <Menu.Target>
          <button
            type="button"
            className={styles.view}
            aria-current={other === undefined ? undefined : 'page'}
          >
            {other === undefined ? listWords.more : viewTitles[other]}
            {other !== undefined && <Count count={countOf(other)} />}
            <IconChevronDown size={14} aria-hidden />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          {otherViews.map((view) => (
            <OtherView key={view} view={view} count={countOf(view)} />
          ))}
        </Menu.Dropdown>
      </Menu>
    </nav>
  )
}

interface ViewProps {
  readonly view: DeskView
  readonly count: number | undefined
}

function ViewLink({
  view,
  count,
  unread,
  isCurrent,
}: ViewProps & { readonly isCurrent: boolean; readonly unread: number }) {
  const { workspace, search } = useDesk()
  return (
    <Link
      to="/w/$workspace/desk"
      params={{ workspace }}
      search={{ ...search, view, case: undefined, panel: undefined, at: undefined }}
      className={styles.view}
      activeProps={{}}
      aria-current={isCurrent ? 'page' : undefined}
    >
      {viewTitles[view]}
      <Count count={count} />
      {unread > 0 && (
        <span className={styles.unread} title={listWords.unreadOf(unread)}>
          <span className="hs-visually-hidden">{listWords.unreadOf(unread)}</span>
        </span>
      )}
    </Link>
  )
}

function OtherView({ view, count }: ViewProps) {
  const { change } = useDesk()
  return (
    <Menu.Item
      rightSection={<Count count={count} />}
      onClick={() => change({ view, case: undefined, panel: undefined, at: undefined })}
    >
      {viewTitles[view]}
    </Menu.Item>
  )
}

function Count({ count }: { readonly count: number | undefined }) {
  if (count === undefined || count === 0) return null
  return <span className={styles.count}>{count.toLocaleString()}</span>
}
