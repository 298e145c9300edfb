import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import type { ReportFilter } from '../../../contract/reports.ts'
import { readTextSearch, type TextSearch } from '../../url-search.ts'
import { readReportFilter, recordNames } from './report-search.ts'

export interface Report {
  readonly search: TextSearch
  readonly filter: ReportFilter
  /** Changes the address; `undefined` takes a value out. */
  readonly change: (part: TextSearch) => void
  /** Opens the records that a figure is made of. */
  readonly openRecords: (which?: TextSearch) => void
  readonly closeRecords: () => void
}

const noRecords: TextSearch = Object.fromEntries(recordNames.map((name) => [name, undefined]))

/** The report as its address says it. */
export function useReport(): Report {
  const raw = useSearch({ strict: false })
  const navigate = useNavigate()
  const search = useMemo(() => readTextSearch(raw), [raw])
  const filter = useMemo(() => readReportFilter(search), [search])
  const change = useCallback(
    (part: TextSearch) => {
      void navigate({
        to: '.',
        search: (before: Record<string, unknown>) => readTextSearch({ ...before, ...part }),
        resetScroll: false,
      })
    },
    [navigate],
  )
  const openRecords = useCallback(
    (which: TextSearch = {}) => change({ ...noRecords, records: 'yes', ...which }),
    [change],
  )
  const closeRecords = useCallback(() => change(noRecords), [change])
  return { search, filter, change, openRecords, closeRecords }
}
