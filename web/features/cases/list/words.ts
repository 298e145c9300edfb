import type { DeskView } from '../desk-search.ts'
import { count } from '../words.ts'

export const listWords = {
  desk: 'Desk',
  toRead: 'reading cases',
  cases: 'Cases',
  views: 'Views',
  more: 'More',
  search: 'Search cases',
  clearSearch: 'Clear the search',
  filter: 'Filter',
  addFilter: 'Filter by',
  removeFilter: (title: string) => `Remove filter ${title}`,
  clearFilters: 'Clear all',
  sort: 'Sort',
  late: 'Late only',
  shown: (n: number) => count(n, 'case', 'cases'),
  arrived: (n: number) => `${n.toLocaleString()} new`,
  changed: 'The list changed. Show it as it is now',
  waiting: 'Waits for our answer',
  unassigned: 'Unassigned',
  snoozedUntil: 'Snoozed until',
  resizeList: 'Width of the list',
  resizeAside: 'Width of the person pane',
  noMatch: 'No case matches',
  noMatchText: 'Take a filter away, search for other words, or look in All.',
} as const

export const emptyWords: Readonly<Record<DeskView, { readonly title: string; readonly text: string }>> = {
  open: {
    title: 'Nobody waits for you',
    text: 'Every case is answered. What people say to any of your presences appears here by itself, the soonest due first.',
  },
  mine: {
    title: 'Nothing is assigned to you',
    text: 'Take a case from Unassigned with a. Cases handed to you appear here.',
  },
  unassigned: { title: 'Everything has an owner', text: 'New cases without an assignee appear here.' },
  mentions: {
    title: 'Nobody has named you',
    text: 'When a colleague writes @ and your name in a note, the case appears here.',
  },
  snoozed: {
    title: 'Nothing is put aside',
    text: 'Press s on a case to put it aside; it comes back by itself, or when the customer speaks.',
  },
  resolved: { title: 'Nothing is resolved yet', text: 'Press e on a case that needs nothing more.' },
  all: {
    title: 'No cases yet',
    text: 'Cases open by themselves when somebody speaks to one of your presences. Import a history, or write through your own contact form to see one.',
  },
}

export const bulkWords = {
  title: 'Picked cases',
  picked: (n: number) => `${n.toLocaleString()} picked`,
  clear: 'Let go',
  limit: 'At most 200 at once',
  assign: 'Assign',
  handOver: 'Hand over',
  status: 'Status',
  snooze: 'Snooze',
  tag: 'Tag',
  tagName: 'Tag to add',
  done: (n: number) => `${count(n, 'case', 'cases')} changed`,
  refused: (n: number) => `${count(n, 'case was', 'cases were')} not changed`,
  close: 'Close',
} as const

export const keyWords = {
  list: 'List',
  case: 'Case',
  next: 'Next case',
  previous: 'Case before',
  back: 'Back',
  select: 'Pick the case',
  openKey: 'Open the case (or Enter)',
  extendDown: 'Pick downwards',
  extendUp: 'Pick upwards',
  selectAll: 'Pick all loaded',
  search: 'Search the cases',
  view: (title: string) => `Show ${title.toLowerCase()}`,
  reply: 'Reply',
  note: 'Write a note',
  assign: 'Assign',
  assignMe: 'Assign to me',
  handOver: 'Hand over',
  snooze: 'Snooze',
  resolve: 'Resolve, or open again',
  tags: 'Tags',
  priority: 'Priority',
  why: 'Why this case is here',
  log: 'Log a call, visit or letter',
} as const
