import { Menu } from '@mantine/core'
import { IconCheck, IconPlus } from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import type { Session } from '../session.ts'
import { words } from './words.ts'

export interface WorkspaceMenuProps {
  readonly session: Session
  readonly isNarrow: boolean
  readonly target: ReactElement
}

export function WorkspaceMenu({ session, isNarrow, target }: WorkspaceMenuProps) {
  const navigate = useNavigate()
  return (
    <Menu position={isNarrow ? 'right-start' : 'bottom-start'} width={240} defaultOpened>
      <Menu.Target>{target}</Menu.Target>
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
