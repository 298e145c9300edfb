import { Menu, SegmentedControl, Select, Switch, useMantineColorScheme } from '@mantine/core'
import { IconKeyboard, IconLogout, IconShieldLock } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { api, queryClient } from '../api.ts'
import type { Session } from '../session.ts'
import { notifyError } from '../ui/notify.tsx'
import { sayExact } from '../ui/say-time.ts'
import { places, settingsPlace } from './places.ts'
import styles from './shell.module.css'
import { words } from './words.ts'

export interface ProfileMenuProps {
  readonly session: Session
  readonly isNarrow: boolean
  readonly onKeys: () => void
  readonly target: ReactElement
}

export function ProfileMenu({ session, isNarrow, onKeys, target }: ProfileMenuProps) {
  return (
    <Menu position={isNarrow ? 'right-end' : 'top-start'} width={260} defaultOpened>
      <Menu.Target>{target}</Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{session.user.email}</Menu.Label>
        <Availability session={session} />
        <Menu.Divider />
        <Menu.Label>{words.appearance}</Menu.Label>
        <Appearance />
        <Menu.Divider />
        {[...places, settingsPlace]
          .filter((place) => place.isRare === true && session.can(place.permission))
          .map((place) => (
            <Menu.Item
              key={place.to}
              className={styles.phoneOnly}
              leftSection={<place.icon size={16} />}
              component={Link}
              to={`/w/${session.slug}/${place.below}`}
            >
              {place.title}
            </Menu.Item>
          ))}
        <Menu.Item leftSection={<IconKeyboard size={16} />} onClick={onKeys}>
          {words.keysOfPage}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconShieldLock size={16} />}
          component={Link}
          to={`/w/${session.slug}/settings?tab=security`}
        >
          {words.security}
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => void signOut()}>
          {words.signOut}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

function Availability({ session }: { readonly session: Session }) {
  const members = useQuery(api.members.list.queryOptions())
  const mine = members.data?.items.find((member) => member.id === session.membership.memberId)
  const change = useMutation(
    api.members.setAvailability.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries({ queryKey: api.members.list.key() }),
      onError: notifyError,
    }),
  )
  const shown = change.isPending ? change.variables.isAvailable : (mine?.isAvailable ?? true)
  return (
    <div className={styles.menuRow}>
      <Switch
        size="sm"
        labelPosition="left"
        label={words.availability}
        checked={shown}
        disabled={mine === undefined}
        onChange={(event) => change.mutate({ isAvailable: event.currentTarget.checked, until: null })}
      />
      {!shown && (
        <Select
          mt={6}
          size="xs"
          aria-label={words.awayUntil}
          allowDeselect={false}
          comboboxProps={{ withinPortal: false }}
          data={awayChoices(mine?.awayUntil ?? null)}
          value={mine?.awayUntil ?? 'open'}
          onChange={(until) => change.mutate({ isAvailable: false, until: until === 'open' ? null : until })}
        />
      )}
    </div>
  )
}

/** Ends of being away that people choose; the one that is set stands among them. */
function awayChoices(set: string | null): { value: string; label: string }[] {
  const now = new Date()
  const hour = new Date(now.getTime() + 3_600_000)
  const tomorrow = new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1, 9)
  const monday = new Date(tomorrow.getTime() + ((8 - tomorrow.getDay()) % 7) * 86_400_000)
  const choices = [
    { value: 'open', label: words.awayOpen },
    { value: hour.toISOString(), label: words.awayHour },
    { value: tomorrow.toISOString(), label: words.awayTomorrow },
    ...(monday > tomorrow ? [{ value: monday.toISOString(), label: words.awayMonday }] : []),
  ]
  if (set === null || choices.some(({ value }) => value === set)) return choices
  return [{ value: set, label: words.awayTill(sayExact(Date.parse(set))) }, ...choices]
}

function Appearance() {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <div className={styles.menuRow}>
      <SegmentedControl
        fullWidth
        size="xs"
        aria-label={words.appearance}
        value={colorScheme}
        onChange={setColorScheme}
        data={[
          { value: 'auto', label: words.system },
          { value: 'light', label: words.light },
          { value: 'dark', label: words.dark },
        ]}
      />
    </div>
  )
}

async function signOut(): Promise<void> {
  try {
    const { endSession } = await import('../features/sign-in/auth-api.ts')
    await endSession()
    queryClient.clear()
    location.assign('/sign-in')
  } catch (error) {
    notifyError(error)
  }
}
