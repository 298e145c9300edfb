import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import { type DeskSearch, readDeskSearch } from './desk-search.ts'

export type DeskChange = { readonly [Name in keyof DeskSearch]?: DeskSearch[Name] | undefined }
export type ChangeDesk = (change: DeskChange, how?: { readonly isReplacing?: boolean }) => void

/** The desk as its address says it, and the way to change it. Values set to undefined leave the address. */
export function useDeskSearch(): readonly [DeskSearch, ChangeDesk] {
  const raw = useSearch({ strict: false })
  const search = useMemo(() => readDeskSearch(raw), [raw])
  const navigate = useNavigate()
  const change = useCallback<ChangeDesk>(
    (part, how) => {
      void navigate({
        to: '.',
        search: (before) => ({ ...readDeskSearch({ ...before, ...part }) }),
        replace: how?.isReplacing ?? false,
        resetScroll: false,
      })
    },
    [navigate],
  )
  return [search, change]
}
