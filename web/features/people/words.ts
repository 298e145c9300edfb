import type { Identity, Person } from '../../../contract/people.ts'

const plural = new Intl.PluralRules('en')

function count(n: number, one: string, other: string): string {
  return `${n.toLocaleString()} ${plural.select(n) === 'one' ? one : other}`
}

export const lifecycleTitles: Readonly<Record<Person['lifecycle'], string>> = {
  unknown: 'Unknown',
  prospect: 'Prospect',
  customer: 'Customer',
  advocate: 'Advocate',
  lapsed: 'Lapsed',
}

export const ruleTitles: Readonly<Record<Identity['links'][number]['rule'], string>> = {
  'first-seen': 'First seen',
  'same-verified-email': 'Same verified address',
  'same-customer-id': 'Same customer number',
  'merged-by-member': 'Merged by hand',
  'split-by-member': 'Taken out by hand',
}

const statusWords: Readonly<Record<string, string>> = {
  new: 'New',
  open: 'Open',
  pending: 'Pending',
  'on-hold': 'On hold',
  resolved: 'Resolved',
}

export const listWords = {
  title: 'People',
  toRead: 'reading about people',
  about: 'Everybody who spoke with us, on every channel.',
  search: 'Find by name, handle or address',
  clear: 'Clear the search',
  list: 'People, newest first',
  name: 'Name',
  lifecycle: 'Lifecycle',
  feeling: 'Last feeling',
  engagements: 'Engagements',
  openCases: 'Open cases',
  lastSeen: 'Last seen',
  engagementsOf: (n: number) => count(n, 'engagement', 'engagements'),
  casesOf: (n: number) => count(n, 'open case', 'open cases'),
  empty: 'Nobody yet',
  emptyText:
    'A person appears here with the first words captured from them: through the contact form, an import, a connected presence, or a call that you log.',
  notFound: (q: string) => `Nobody is called “${q}”`,
  notFoundText: 'Names, handles, addresses and customer numbers are searched, from their beginning.',
  focusSearch: 'Find a person',
  keys: 'People',
} as const

export const personWords = {
  back: 'All people',
  firstSeen: 'First seen',
  lastSeen: 'Last seen',
  inbound: (n: number) => `${n.toLocaleString()} from them`,
  outbound: (n: number) => `${n.toLocaleString()} from us`,
  identities: 'Identities',
  whyHere: 'Why it is here',
  noHandle: 'No handle',
  verified: 'verified',
  customerId: 'Customer',
  preferred: 'Preferred channel',
  noPreference: 'Not known',
  lifecycle: 'Lifecycle',
  memberships: 'Memberships',
  membershipsHint: 'VIP, beta, an open offer, a dispute … Everybody who serves this person sees them.',
  addMembership: 'Add a membership',
  remove: (name: string) => `Remove ${name}`,
  memory: 'What matters to them',
  memoryHint: 'A birthday, a promise made, how they like to be spoken to …',
  memoryEmpty: 'Nothing is noted yet.',
  editMemory: 'Edit',
  save: 'Save',
  cancel: 'Cancel',
  rename: 'Rename',
  name: 'Name',
  cases: 'Cases',
  noCases: 'No other cases.',
  status: (status: string) => statusWords[status] ?? status,
  trend: 'Feeling over time',
  trendOf: (n: number) => `Last ${count(n, 'message', 'messages')}, oldest first`,
  trendNone: 'Too little was said to see a trend.',
  log: 'Log a call or visit',
  merge: 'Merge',
  keys: 'Person',
  facts: 'About this person',
} as const

export const timelineWords = {
  title: 'Timeline',
  filters: 'What the timeline shows',
  all: 'Everything',
  engagement: 'Conversation',
  case: 'Cases',
  note: 'Notes',
  survey: 'Surveys',
  event: 'On our sites',
  page: (name: string) => `Looked at ${name}`,
  allChannels: 'All channels',
  channel: 'Channel',
  older: 'Show older',
  nothing: 'Nothing here yet',
  nothingText: 'What they say and what we answer appears here, on every channel in one line.',
  nothingLeft: 'Nothing of this kind in what is loaded.',
  end: 'This is where it began.',
  us: 'us',
  caseNumber: (number: number) => `Case #${number}`,
  openCase: 'Open the case',
  noteBy: (name: string) => `Note by ${name}`,
  rated: (score: number) => `Rated the answer ${score} of 5`,
  deleted: 'Deleted by its author',
  edited: 'edited',
} as const

export const mergeWords = {
  title: (name: string) => `Merge somebody into ${name}`,
  about: 'Two entries that are one human being become one. It can be undone at any time, exactly.',
  search: 'Who is the same person?',
  preview: (name: string) => `What moves from ${name}`,
  identities: (n: number) => count(n, 'identity', 'identities'),
  engagements: (n: number) => count(n, 'engagement', 'engagements'),
  cases: (n: number) => count(n, 'case', 'cases'),
  memory: 'What is noted about them',
  why: 'Why they are the same person',
  whyHint: 'Same order number, they said so on the phone …',
  merge: 'Merge',
  other: 'Pick somebody else',
  done: (name: string) => `${name} is merged`,
  undone: 'The merge is undone',
  undo: 'Undo',
  merges: 'Merged into this person',
  by: (name: string) => `by ${name}`,
  nobody: 'Nobody found',
  close: 'Close',
} as const

export const logWords = {
  title: 'Log a touch outside the networks',
  kind: 'What was it',
  Call: 'Call',
  Visit: 'Visit',
  Letter: 'Letter',
  Event: 'Event',
  direction: 'Who began',
  in: 'They did',
  out: 'We did',
  name: 'Name of the person',
  contact: 'E-mail or phone (optional)',
  text: 'What was said',
  textHint: 'In your own words, as short as you like',
  at: 'When, if not now',
  log: 'Log it',
  logged: 'Logged',
  close: 'Close',
} as const
