import { Menu } from '@mantine/core'
import { IconCheck, IconPlus, IconSelector } from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import type { Session } from '../session.ts'
import { Mark } from '../ui/mark.tsx'
import styles from './shell.module.css'
import { words } from './words.ts'

export function WorkspaceMenu({
  session,
  isNarrow,
}: {
  readonly session: Session
  readonly isNarrow: boolean
}) {
  const navigate = useNavigate()
  return (
    <Menu position={isNarrow ? 'right-start' : 'bottom-start'} width={240}>
      <Menu.Target>
        <button
          type="button"
          className={styles.workspace}
          aria-label={`Workspace ${session.membership.name}`}
        >
          <Mark size={20} className={styles.mark} />
          <span className={styles.workspaceName}>{session.membership.name}</span>
          <IconSelector size={14} className={styles.label} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{words.workspaces}</Menu.Label>
        {session.workspaces.map((workspace) => (
          <Menu.Item
            key={workspace.slug}
            rightSection={
              workspace.slug === session.slug ? <IconCheck size={16} aria-label="this one" /> : null
            }
            onClick={() =>
              void navigate({ to: '/w/$workspace/today', params: { workspace: workspace.slug } })
            }
          >
            {workspace.name}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconPlus size={16} />}
          component={Link}
          to={`/w/${session.slug}/settings?tab=new-workspace`}
        >
          {words.newWorkspace}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
