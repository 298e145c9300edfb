import { plural } from '../../ui/say-figures.ts'

export const words = {
  title: 'Today',
  waitingNobody: 'Nobody waits for us',
  waiting: (total: number, late: number) =>
    late === 0
      ? `${plural(total, 'person waits', 'people wait')} for us, none beyond target`
      : `${plural(total, 'person waits', 'people wait')} for us, ${late.toLocaleString()} beyond target`,
  waitingNobodyAbout: 'Every case has our answer. The next message appears here within a second.',
  longest: 'Longest first',
  goToLongest: 'Go to the longest wait',
  allWaiting: 'All waiting cases',
  gapTitle: 'The gap',
  gapAbout: 'Turns of the last 7 days that were due: how many were answered within target.',
  gapNone: 'Nothing was due in the last 7 days',
  gapLabel: (within: number, due: number) =>
    `${within.toLocaleString()} of ${plural(due, 'due turn was', 'due turns were')} answered within target`,
  gapBefore: (points: number) =>
    points === 0
      ? 'as the week before'
      : `${points > 0 ? 'up' : 'down'} ${Math.abs(points).toFixed(1)} points on the week before`,
  within: 'within target',
  stillOpen: (count: number) => `${plural(count, 'answer', 'answers')} late or missing`,
  feelingTitle: 'What changed in feeling',
  feelingAbout:
    'Share of what people wrote each day. Last 7 days against the days before, with the 95% interval of the difference.',
  noWords: 'nobody wrote in the last 7 days',
  noClearChange: 'no clear change',
  changesTitle: 'What changed in what people want',
  changesAbout: 'Last 7 days against what the 28 days before lead us to expect.',
  changesNone: 'Nothing unusual: every intent is about as frequent as before.',
  functionsTitle: 'Functions',
  functionsAbout: 'Open and late now; answered and time to answer over the last 7 days.',
  volumeTitle: 'Turns that began and how many of them were answered, by day',
  emptyTitle: 'No conversations yet',
  emptyAbout:
    'Today shows who waits for you and how long, once people have written. Bring in history from a file, or open your contact form and write to yourself.',
  emptyImport: 'Import a file',
  emptySample: 'Load sample conversations',
  emptyForm: 'Open the contact form',
  sampleStarted: 'The sample is on its way. It appears here as it is read.',
} as const

export const burningWords = {
  title: 'What wants somebody now',
  calm: 'Nothing burns: no clock is missed or about to be, every answer left, every presence hears.',
  late: (n: number) => (n === 1 ? 'case is beyond its target' : 'cases are beyond their target'),
  soon: (n: number) => (n === 1 ? 'clock runs out within the hour' : 'clocks run out within the hour'),
  unassigned: (n: number) => (n === 1 ? 'customer waits for nobody yet' : 'customers wait for nobody yet'),
  unsent: (n: number) =>
    n === 1 ? 'case with an answer that did not leave' : 'cases with answers that did not leave',
  cut: (cut: number, silent: number) =>
    `${plural(cut, 'presence is', 'presences are')} cut off${silent > 0 ? `, ${silent} silent` : ''}`,
  silent: (n: number) =>
    n === 1 ? 'presence is silent for longer than usual' : 'presences are silent for longer than usual',
  rising: (label: string) => `${label} of the last 7 days, against what was expected`,
  isNew: 'new',
} as const

export const labelWords: Readonly<Record<string, string>> = {
  question: 'Questions',
  complaint: 'Complaints',
  praise: 'Praise',
  suggestion: 'Suggestions',
  purchase: 'Wish to buy',
  urgent: 'Urgent',
  noise: 'Noise',
}
