import { Button, Group, MultiSelect, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import type { Role } from '../../../contract/policy.ts'
import type { Invitation } from '../../../contract/workspace.ts'
import { api, queryClient } from '../../api.ts'
import { useSession, useWorkspace } from '../../session.ts'
import { notifyError } from '../../ui/notify.tsx'
import { Card } from '../../ui/page.tsx'
import { sayExact } from '../../ui/say-time.ts'
import { CopyField } from '../../ui/copy-field.tsx'
import { RoleSelect } from './role-select.tsx'
import { rolesToGive } from './roles.ts'
import styles from './settings.module.css'
import { memberWords as words } from './words.ts'

const refresh = () => queryClient.invalidateQueries({ queryKey: api.invitations.list.key() })

export function Invitations() {
  const open = useQuery(api.invitations.list.queryOptions())
  return (
    <>
      <Card title={words.inviteTitle} about={words.inviteAbout}>
        <InviteForm />
      </Card>
      {open.data !== undefined && open.data.items.length > 0 && (
        <Card title={words.open}>
          <ul className={styles.list}>
            {open.data.items.map((invitation) => (
              <OpenInvitation key={invitation.id} invitation={invitation} />
            ))}
          </ul>
        </Card>
      )}
    </>
  )
}

function OpenInvitation({ invitation }: { readonly invitation: Invitation }) {
  const revoke = useMutation(
    api.invitations.revoke.mutationOptions({ onSuccess: refresh, onError: notifyError }),
  )
  return (
    <li>
      <div>
        <div className={styles.strong}>{invitation.email}</div>
        <div className={styles.dim}>
          {words.roles[invitation.role]} · {words.expires} {sayExact(Date.parse(invitation.expiresAt))}
        </div>
      </div>
      <Button
        variant="default"
        size="xs"
        loading={revoke.isPending}
        onClick={() => revoke.mutate({ id: invitation.id })}
      >
        {words.revoke}
      </Button>
    </li>
  )
}

function InviteForm() {
  const { membership } = useSession()
  const workspace = useWorkspace()
  const [email, setEmail] = useState('')
  const [role, setRole] = useState<Role>('agent')
  const [functions, setFunctions] = useState<string[]>([])
  const invite = useMutation(
    api.invitations.create.mutationOptions({
      onSuccess: () => {
        setEmail('')
        return refresh()
      },
      onError: notifyError,
    }),
  )
  function handleSubmit(event: FormEvent): void {
    event.preventDefault()
    invite.mutate({ email, role, functions })
  }
  return (
    <form onSubmit={handleSubmit}>
      <Group gap="xs" align="flex-end">
        <TextInput
          label={words.email}
          type="email"
          required
          withAsterisk={false}
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
          w={230}
        />
        <RoleSelect
          size="sm"
          label={words.role}
          value={role}
          given={rolesToGive(membership.role)}
          onChange={setRole}
        />
        <MultiSelect
          label={words.functions}
          data={(workspace.data?.functions ?? []).map((one) => ({ value: one.key, label: one.title }))}
          value={functions}
          onChange={setFunctions}
          w={230}
        />
        <Button type="submit" loading={invite.isPending}>
          {words.makeLink}
        </Button>
      </Group>
      {invite.data !== undefined && <NewLink email={invite.data.invitation.email} link={invite.data.link} />}
    </form>
  )
}

function NewLink({ email, link }: { readonly email: string; readonly link: string }) {
  return (
    <div className={styles.secret} role="status">
      <CopyField label={`${words.linkTitle} (${email})`} value={link} />
      <div className={styles.dim}>{words.linkAbout}</div>
    </div>
  )
}
