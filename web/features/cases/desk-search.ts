import { z } from 'zod'
import { CaseFilter } from '../../../contract/cases.ts'
import { Id } from '../../../contract/endpoint.ts'

const filter = CaseFilter.shape

/**
 * Everything of the desk that stands in its address. A part that cannot be read is left out rather than
 * refused: an old link still opens the desk.
 */
export const DeskSearch = z.object({
  view: filter.view.unwrap().optional().catch(undefined),
  function: filter.function.catch(undefined),
  assignee: filter.assignee.catch(undefined),
  channel: filter.channel.catch(undefined),
  presence: filter.presence.catch(undefined),
  priority: filter.priority.catch(undefined),
  sentiment: filter.sentiment.catch(undefined),
  label: filter.label.catch(undefined),
  tag: z.coerce.string().max(60).optional().catch(undefined),
  late: z.boolean().optional().catch(undefined),
  q: z.coerce.string().max(200).optional().catch(undefined),
  sort: filter.sort.unwrap().optional().catch(undefined),
  /** The open case. */
  case: Id.optional().catch(undefined),
  /** What stands beside or above the thread; `person` is the third pane on a narrow screen. */
  panel: z.enum(['person', 'path', 'route', 'log']).optional().catch(undefined),
  /** The engagement to show. */
  at: Id.optional().catch(undefined),
})
export type DeskSearch = z.infer<typeof DeskSearch>
export type DeskPanel = NonNullable<DeskSearch['panel']>
export type DeskView = CaseFilter['view']
export type DeskSort = CaseFilter['sort']

export const deskViews: readonly DeskView[] = filter.view.unwrap().options

/** Filters that a person adds and takes away one by one; view, sort and search have their own places. */
export const filterNames = [
  'function',
  'assignee',
  'channel',
  'presence',
  'priority',
  'sentiment',
  'label',
  'tag',
  'late',
] as const
export type FilterName = (typeof filterNames)[number]

/** What the list of cases is asked for. */
export function toCaseFilter(search: DeskSearch): CaseFilter {
  const { case: _case, panel: _panel, at: _at, q, ...rest } = search
  return { ...rest, ...(q ? { q } : {}), view: search.view ?? 'open', sort: search.sort ?? 'due' }
}

/** How many filters are set. */
export function countFilters(search: DeskSearch): number {
  return filterNames.filter((name) => search[name] !== undefined).length
}

/** The address without any filter; the open case stays open. */
export function withoutFilters(search: DeskSearch): DeskSearch {
  const { view, sort, case: open, panel } = search
  return { view, sort, case: open, panel }
}
