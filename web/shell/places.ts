import {
  IconChartBar,
  IconFileImport,
  IconInbox,
  IconPlugConnected,
  IconSettings,
  IconSun,
  IconUsers,
  type Icon,
} from '@tabler/icons-react'
import type { Permission } from '../../contract/policy.ts'

export interface Place {
  readonly to:
    | '/w/$workspace/today'
    | '/w/$workspace/desk'
    | '/w/$workspace/people'
    | '/w/$workspace/presences'
    | '/w/$workspace/measure/response'
    | '/w/$workspace/import'
    | '/w/$workspace/settings'
  /** Every page below this path belongs to the place. */
  readonly below: string
  readonly title: string
  readonly about: string
  readonly icon: Icon
  readonly keys: string
  readonly permission: Permission
  /** Not among the four of the phone's bar; the profile menu leads there. */
  readonly isRare?: boolean
}

/** The rooms of the rail, in order; palette, keys and bottom bar read the same list. */
export const places: readonly Place[] = [
  {
    to: '/w/$workspace/today',
    below: 'today',
    title: 'Today',
    about: 'Who waits for us, the gap, what changed',
    icon: IconSun,
    keys: 'g t',
    permission: 'reports.read',
  },
  {
    to: '/w/$workspace/desk',
    below: 'desk',
    title: 'Desk',
    about: 'Every case, on every channel',
    icon: IconInbox,
    keys: 'g d',
    permission: 'cases.read',
  },
  {
    to: '/w/$workspace/people',
    below: 'people',
    title: 'People',
    about: 'Everybody who ever wrote to us',
    icon: IconUsers,
    keys: 'g p',
    permission: 'people.read',
  },
  {
    to: '/w/$workspace/presences',
    below: 'presences',
    title: 'Presences',
    about: 'Our accounts, and whether they hear and speak',
    icon: IconPlugConnected,
    keys: 'g a',
    permission: 'workspace.read',
    isRare: true,
  },
  {
    to: '/w/$workspace/measure/response',
    below: 'measure',
    title: 'Measure',
    about: 'Response and outcome',
    icon: IconChartBar,
    keys: 'g m',
    permission: 'reports.read',
  },
  {
    to: '/w/$workspace/import',
    below: 'import',
    title: 'Import',
    about: 'Bring in history from files',
    icon: IconFileImport,
    keys: 'g i',
    permission: 'engagements.import',
    isRare: true,
  },
]

export const settingsPlace: Place = {
  to: '/w/$workspace/settings',
  below: 'settings',
  title: 'Settings',
  about: 'Members, functions, hours, tree, audit trail',
  icon: IconSettings,
  keys: 'g s',
  permission: 'workspace.read',
  isRare: true,
}
