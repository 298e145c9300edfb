import { Button, Menu, MultiSelect } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import type { Member } from '../../../contract/workspace.ts'
import { api, queryClient } from '../../api.ts'
import { useSession, useWorkspace } from '../../session.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Chip } from '../../ui/chip.tsx'
import { notifyError } from '../../ui/notify.tsx'
import { Card } from '../../ui/page.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { sayExact } from '../../ui/say-time.ts'
import { ErrorState, Lines } from '../../ui/states.tsx'
import { Invitations } from './invitations.tsx'
import { RoleSelect } from './role-select.tsx'
import { rolesToGive } from './roles.ts'
import styles from './settings.module.css'
import { memberWords as words } from './words.ts'

export function MembersTab() {
  const { can } = useSession()
  const members = useQuery(api.members.list.queryOptions())
  return (
    <>
      <Card title={words.members}>
        {members.error !== null && (
          <ErrorState error={members.error} onRetry={() => void members.refetch()} />
        )}
        {members.isPending && <Lines rows={5} />}
        {members.data !== undefined && <MemberTable members={members.data.items} />}
      </Card>
      {can('members.manage') && <Invitations />}
    </>
  )
}

function MemberTable({ members }: { readonly members: readonly Member[] }) {
  return (
    <div className={styles.scroll} tabIndex={0} role="region" aria-label={words.members}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{words.member}</th>
            <th scope="col">{words.role}</th>
            <th scope="col">{words.functions}</th>
            <th scope="col">{words.lastSeen}</th>
            <th>
              <span className="hs-visually-hidden">More</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {members.map((member) => (
            <MemberRow key={member.id} member={member} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function MemberRow({ member }: { readonly member: Member }) {
  const { membership, can } = useSession()
  const workspace = useWorkspace()
  const given = rolesToGive(membership.role)
  const isMine = member.id === membership.memberId
  const mayChange = can('members.manage') && given.includes(member.role)
  const change = useMutation(
    api.members.update.mutationOptions({
      onSettled: () => queryClient.invalidateQueries({ queryKey: api.members.list.key() }),
      onError: notifyError,
    }),
  )
  return (
    <tr data-inactive={!member.isActive || undefined}>
      <td>
        <MemberName member={member} isMine={isMine} />
      </td>
      <td>
        {mayChange ? (
          <RoleSelect
            label={`${words.role}, ${member.name}`}
            value={member.role}
            given={given}
            onChange={(role) => change.mutate({ id: member.id, role })}
          />
        ) : (
          words.roles[member.role]
        )}
      </td>
      <td>
        {mayChange ? (
          <MultiSelect
            size="xs"
            aria-label={`${words.functions}, ${member.name}`}
            data={(workspace.data?.functions ?? []).map((one) => ({ value: one.key, label: one.title }))}
            value={member.functions}
            onChange={(functions) => change.mutate({ id: member.id, functions })}
            w={220}
          />
        ) : (
          member.functions.join(', ')
        )}
      </td>
      <td>
        {member.lastSeenAt === null ? (
          <span className={styles.dim}>{words.never}</span>
        ) : (
          <RelativeTime at={member.lastSeenAt} />
        )}
      </td>
      <td>
        {mayChange && !isMine && (
          <MemberMenu member={member} onActive={(isActive) => change.mutate({ id: member.id, isActive })} />
        )}
      </td>
    </tr>
  )
}

function MemberName({ member, isMine }: { readonly member: Member; readonly isMine: boolean }) {
  return (
    <div className={styles.who}>
      <Avatar name={member.name} of="member" size={28} isAway={!member.isAvailable} />
      <div>
        <div className={styles.strong}>
          {member.name} {isMine && <Chip>{words.you}</Chip>}{' '}
          {!member.isActive && <Chip tone="warn">{words.inactive}</Chip>}
          {member.isActive && !member.isAvailable && (
            <Chip>
              {member.awayUntil === null
                ? words.away
                : words.awayUntil(sayExact(Date.parse(member.awayUntil)))}
            </Chip>
          )}
        </div>
        <div className={styles.dim}>{member.email}</div>
      </div>
    </div>
  )
}

interface MemberMenuProps {
  readonly member: Member
  readonly onActive: (isActive: boolean) => void
}

function MemberMenu({ member, onActive }: MemberMenuProps) {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="subtle" color="gray" size="compact-sm" aria-label={`More, ${member.name}`}>
          <IconDots size={16} aria-hidden />
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => onActive(!member.isActive)}>
          {member.isActive ? words.deactivate : words.activate}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
