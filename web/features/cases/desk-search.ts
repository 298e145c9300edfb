import type { CaseFilter, CasePriority } from '../../../contract/cases.ts'
import type { Label, Sentiment } from '../../../contract/reading.ts'

export type DeskView = CaseFilter['view']
export type DeskSort = CaseFilter['sort']
export type DeskPanel = 'person' | 'path' | 'route' | 'log'

/** Everything of the desk that stands in its address, as text. */
export interface DeskSearch {
  readonly view?: DeskView
  readonly function?: string
  readonly assignee?: string
  readonly channel?: string
  readonly presence?: string
  readonly priority?: CasePriority
  readonly sentiment?: Sentiment
  readonly label?: Label
  readonly tag?: string
  readonly late?: 'yes'
  readonly soon?: 'yes'
  readonly waiting?: 'yes'
  readonly unread?: 'yes'
  readonly unsent?: 'yes'
  readonly q?: string
  readonly sort?: DeskSort
  /** The open case. */
  readonly case?: string
  /** What stands above or beside the thread; `person` is the third pane on a narrow screen. */
  readonly panel?: DeskPanel
  /** The engagement to show. */
  readonly at?: string
}

export const deskViews = [
  'open',
  'mine',
  'unassigned',
  'mentions',
  'snoozed',
  'resolved',
  'all',
] as const satisfies readonly DeskView[]
export const deskSorts = ['due', 'newest', 'oldest'] as const satisfies readonly DeskSort[]
export const priorities = ['urgent', 'high', 'normal', 'low'] as const satisfies readonly CasePriority[]
export const sentiments = ['negative', 'neutral', 'positive'] as const satisfies readonly Sentiment[]
export const labels = [
  'question',
  'complaint',
  'praise',
  'suggestion',
  'purchase',
  'urgent',
  'noise',
] as const satisfies readonly Label[]
const panels = ['person', 'path', 'route', 'log'] as const satisfies readonly DeskPanel[]

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
  'soon',
  'waiting',
  'unread',
  'unsent',
] as const
export type FilterName = (typeof filterNames)[number]

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

function text(value: unknown, longest: number): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined
  const written = String(value)
  return written === '' || written.length > longest ? undefined : written
}

function id(value: unknown): string | undefined {
  return typeof value === 'string' && uuid.test(value) ? value : undefined
}

function word<Word extends string>(known: readonly Word[], value: unknown): Word | undefined {
  return known.find((candidate) => candidate === value)
}

function flag(value: unknown): 'yes' | undefined {
  return value === true || value === 'true' || value === 'yes' ? 'yes' : undefined
}

/** Filters that are on or off. */
const flagNames = ['late', 'soon', 'waiting', 'unread', 'unsent'] as const
type FlagName = (typeof flagNames)[number]

export function isFlag(name: string): name is FlagName {
  return flagNames.some((flagName) => flagName === name)
}

function functionKey(value: unknown): string | undefined {
  const key = text(value, 40)
  return key !== undefined && /^[a-z][a-z0-9-]*$/.test(key) ? key : undefined
}

/**
 * Reads the address of the desk. A part that cannot be read is left out rather than refused: an old link
 * still opens the desk.
 */
export function readDeskSearch(raw: Readonly<Record<string, unknown>>): DeskSearch {
  const read = {
    view: word(deskViews, raw['view']),
    function: functionKey(raw['function']),
    assignee: id(raw['assignee']),
    channel: text(raw['channel'], 64),
    presence: id(raw['presence']),
    priority: word(priorities, raw['priority']),
    sentiment: word(sentiments, raw['sentiment']),
    label: word(labels, raw['label']),
    tag: text(raw['tag'], 60),
    late: flag(raw['late']),
    soon: flag(raw['soon']),
    waiting: flag(raw['waiting']),
    unread: flag(raw['unread']),
    unsent: flag(raw['unsent']),
    q: text(raw['q'], 200),
    sort: word(deskSorts, raw['sort']),
    case: id(raw['case']),
    panel: word(panels, raw['panel']),
    at: id(raw['at']),
  }
  return withoutEmpty(read)
}

function withoutEmpty(search: {
  readonly [Name in keyof DeskSearch]: DeskSearch[Name] | undefined
}): DeskSearch {
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined))
}

/** What the list of cases is asked for. */
export function toCaseFilter(search: DeskSearch): CaseFilter {
  const { case: _case, panel: _panel, at: _at, late, soon, waiting, unread, unsent, ...rest } = search
  const flags = Object.entries({ late, soon, waiting, unread, unsent }).filter(([, isSet]) => isSet)
  const on = Object.fromEntries(flags.map(([name]) => [name, true]))
  return { ...rest, ...on, view: search.view ?? 'open', sort: search.sort ?? 'due' }
}

/** The filters that are set, in the order they are shown. */
export function setFilters(search: DeskSearch): FilterName[] {
  return filterNames.filter((name) => search[name] !== undefined)
}

/** The address without any filter; view, sort and the open case stay. */
export function withoutFilters(search: DeskSearch): DeskSearch {
  const { view, sort, case: open, panel } = search
  return withoutEmpty({ view, sort, case: open, panel })
}
