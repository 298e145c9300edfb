import type { Permission } from '../../../contract/policy.ts'

export interface SettingsTab {
  readonly key: string
  readonly title: string
  readonly permission: Permission | undefined
}

export const tabs = [
  { key: 'general', title: 'General', permission: 'workspace.read' },
  { key: 'members', title: 'Members', permission: 'workspace.read' },
  { key: 'functions', title: 'Functions', permission: 'workspace.read' },
  { key: 'hours', title: 'Hours and holidays', permission: 'workspace.read' },
  { key: 'tree', title: 'Decision tree', permission: 'workspace.read' },
  { key: 'keys', title: 'Keys and sources', permission: 'keys.manage' },
  { key: 'audit', title: 'Audit trail', permission: 'audit.read' },
  { key: 'security', title: 'My security', permission: undefined },
  { key: 'new-workspace', title: 'New workspace', permission: undefined },
] as const satisfies readonly SettingsTab[]

export type TabKey = (typeof tabs)[number]['key']
