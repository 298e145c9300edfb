import { createContext, useContext } from 'react'
import type { CaseRow } from '../../../contract/cases.ts'
import type { Permission } from '../../../contract/policy.ts'
import type { CompanyFunction, Member } from '../../../contract/workspace.ts'
import type { CaseActions } from './actions/use-case-actions.ts'
import type { DeskSearch } from './desk-search.ts'
import type { ChangeDesk } from './use-desk-search.ts'

/** The lists and forms that a key can open, on the open case or on the picked ones. */
export type DeskPicker = 'assign' | 'hand-over' | 'snooze' | 'tags' | 'priority' | 'status'

/** Which list or form is open, and whether for the open case or for the picked ones. */
export interface OpenPicker {
  readonly where: 'case' | 'bulk'
  readonly what: DeskPicker
}

export interface PickerSwitch {
  readonly isOpen: boolean
  readonly onOpen: (isOpen: boolean) => void
}

export interface Desk {
  readonly workspace: string
  readonly search: DeskSearch
  readonly change: ChangeDesk
  readonly memberId: string
  readonly members: readonly Member[]
  readonly functions: readonly CompanyFunction[]
  readonly functionTitle: (key: string) => string
  readonly can: (permission: Permission) => boolean
  readonly actions: CaseActions
  /** Puts aside or brings back, and goes on to the next case where this one leaves the view. */
  readonly onSnooze: (row: CaseRow, until: Date | null) => void
  /** Cases are picked: what is done is done to all of them. */
  readonly isPicking: boolean
  readonly picker: OpenPicker | null
  readonly onPicker: (picker: OpenPicker | null) => void
}

export const DeskContext = createContext<Desk | null>(null)

/** Opens and closes one list or form of the open case, or of the picked ones. */
export function usePickers(where: OpenPicker['where']): (what: DeskPicker) => PickerSwitch {
  const { picker, onPicker } = useDesk()
  return (what) => ({
    isOpen: picker?.where === where && picker.what === what,
    onOpen: (isOpen) => onPicker(isOpen ? { where, what } : null),
  })
}

export function useDesk(): Desk {
  const desk = useContext(DeskContext)
  if (desk === null) throw new Error('useDesk outside of the desk')
  return desk
}
