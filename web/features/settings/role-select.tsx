import { Select } from '@mantine/core'
import type { Role } from '../../../contract/policy.ts'
import styles from './settings.module.css'
import { memberWords as words } from './words.ts'

export interface RoleSelectProps {
  readonly label: string
  readonly value: Role
  readonly given: readonly Role[]
  readonly onChange: (role: Role) => void
  readonly size?: 'xs' | 'sm'
}

export function RoleSelect({ label, value, given, onChange, size = 'xs' }: RoleSelectProps) {
  return (
    <Select
      size={size}
      {...(size === 'sm' ? { label } : { 'aria-label': label })}
      data={given.map((role) => ({ value: role, label: words.roles[role] }))}
      value={value}
      onChange={(next) => {
        const role = given.find((candidate) => candidate === next)
        if (role !== undefined) onChange(role)
      }}
      renderOption={({ option }) => {
        const role = given.find((candidate) => candidate === option.value)
        return (
          <div>
            <div>{option.label}</div>
            {role !== undefined && <div className={styles.dim}>{words.roleAbout[role]}</div>}
          </div>
        )
      }}
      comboboxProps={{ width: 260, position: 'bottom-start' }}
      w={150}
    />
  )
}
