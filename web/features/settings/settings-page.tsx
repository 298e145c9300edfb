import { Link, useSearch } from '@tanstack/react-router'
import { useSession } from '../../session.ts'
import { Page } from '../../ui/page.tsx'
import { oneOf, readTextSearch } from '../../url-search.ts'
import { AuditTab } from './audit-tab.tsx'
import { FunctionsTab } from './functions-tab.tsx'
import { GeneralTab } from './general-tab.tsx'
import { HoursTab } from './hours-tab.tsx'
import { KeysTab } from './keys-tab.tsx'
import { MembersTab } from './members-tab.tsx'
import { NewWorkspaceTab } from './new-workspace-tab.tsx'
import { SecurityTab } from './security-tab.tsx'
import styles from './settings.module.css'
import { tabs, type TabKey } from './tabs.ts'
import { TreeTab } from './tree-tab.tsx'
import { words } from './words.ts'

const contents: Readonly<Record<TabKey, () => React.JSX.Element>> = {
  general: GeneralTab,
  members: MembersTab,
  functions: FunctionsTab,
  hours: HoursTab,
  tree: TreeTab,
  keys: KeysTab,
  audit: AuditTab,
  security: SecurityTab,
  'new-workspace': NewWorkspaceTab,
}

export function SettingsPage() {
  const { slug, can } = useSession()
  const search = readTextSearch(useSearch({ strict: false }))
  const shown = tabs.filter((tab) => tab.permission === undefined || can(tab.permission))
  const keys = shown.map((tab) => tab.key)
  const current = oneOf(keys, search['tab'], 'general')
  const Content = contents[current]
  // Beside one another on a phone: the current one must be seen.
  const scrollTo = (link: HTMLAnchorElement | null): void =>
    link?.scrollIntoView({ inline: 'center', block: 'nearest' })
  return (
    <Page title={words.title}>
      <div className={styles.settings}>
        <nav className={styles.tabs} aria-label={words.title}>
          {shown.map((tab) => (
            <Link
              key={tab.key}
              ref={tab.key === current ? scrollTo : undefined}
              to="/w/$workspace/settings"
              params={{ workspace: slug }}
              search={{ tab: tab.key }}
              aria-current={tab.key === current ? 'page' : undefined}
              className={styles.tab}
            >
              {tab.title}
            </Link>
          ))}
        </nav>
        <div className={styles.content}>
          <Content />
        </div>
      </div>
    </Page>
  )
}
