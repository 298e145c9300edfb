import { ActionIcon, Menu } from '@mantine/core'
import { IconDots, IconLink, IconPhone, IconTag, IconUserCheck, IconUsersGroup } from '@tabler/icons-react'
import type { CaseDetail } from '../../../../contract/cases.ts'
import { notifyDone } from '../../../ui/notify.tsx'
import { useDesk, usePickers } from '../desk-context.ts'
import { keyWords } from '../list/words.ts'
import { actionWords } from './words.ts'

/** The rest of what can be done, with the keys that do it. */
export function CaseMenu({ detail }: { readonly detail: CaseDetail }) {
  const { can, change, members, memberId, actions } = useDesk()
  const pickers = usePickers('case')
  const me = members.find((member) => member.id === memberId)
  const isWorker = can('cases.work')

  function handleCopy(): void {
    void navigator.clipboard.writeText(location.href).then(() => notifyDone(actionWords.copied))
  }

  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={actionWords.more}>
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {me !== undefined && (
          <Menu.Item
            leftSection={<IconUserCheck size={16} />}
            rightSection={<kbd>i</kbd>}
            disabled={!isWorker}
            onClick={() => void actions.assign(detail, me)}
          >
            {keyWords.assignMe}
          </Menu.Item>
        )}
        <Menu.Item
          leftSection={<IconUsersGroup size={16} />}
          rightSection={<kbd>h</kbd>}
          disabled={!isWorker}
          onClick={() => pickers('hand-over').onOpen(true)}
        >
          {actionWords.handOver}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconTag size={16} />}
          rightSection={<kbd>t</kbd>}
          disabled={!isWorker}
          onClick={() => pickers('tags').onOpen(true)}
        >
          {actionWords.tags}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconPhone size={16} />}
          rightSection={<kbd>l</kbd>}
          disabled={!can('engagements.log')}
          onClick={() => change({ panel: 'log' })}
        >
          {actionWords.log}
        </Menu.Item>
        <Menu.Item leftSection={<IconLink size={16} />} onClick={handleCopy}>
          {actionWords.copyLink}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
