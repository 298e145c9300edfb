import type { Dimension } from '../../../contract/reports.ts'
import { plural, sayShare } from '../../ui/say-figures.ts'
import { sayDuration } from '../../ui/say-time.ts'

export const words = {
  title: 'Measure',
  response: 'Response',
  outcome: 'Outcome',
  responseAbout:
    'A turn begins when a person writes to us; it is answered when one of ours writes back below it. Automatic replies do not count.',
  outcomeAbout: 'What followed our answers, always beside what happens without one.',
  period: 'Period',
  allTime: 'All time',
  days: (count: number) => `Last ${count} days`,
  custom: 'Own dates',
  from: 'From',
  to: 'To',
  presence: 'Presence',
  function: 'Function',
  intent: 'Intent',
  channel: 'Channel',
  hour: 'Hour',
  anyPresence: 'Every presence',
  anyFunction: 'Every function',
  anyIntent: 'Every intent',
  anyChannel: 'Every channel',
  anyHour: 'Every hour',
  clear: 'Clear filters',
  hourTitle: (hour: number) => `${String(hour).padStart(2, '0')}:00–${String(hour).padStart(2, '0')}:59`,
  by: 'By',
  shareAnswered: 'Share answered',
  timeToAnswer: 'Time to answer',
  shareBy: (what: string) => `Share answered by ${what}, with its 95% interval`,
  timeBy: (what: string, isInTime: boolean) =>
    isInTime
      ? `Median time to answer by ${what}`
      : `Time to answer by ${what}: the median, and until 9 of 10 are answered`,
  answered: 'Answered',
  median: 'Median time to answer',
  medianNote: 'of the answered',
  p90: '9 of 10 answered within',
  kaplanMeier: 'Median with the unanswered',
  kaplanMeierNote: 'those still waiting counted as waiting (Kaplan–Meier)',
  notReached: 'not reached',
  captured: 'Captured',
  capturedDetail: (inbound: number, outbound: number, persons: number, presences: number) =>
    `${inbound.toLocaleString()} in, ${outbound.toLocaleString()} out · ${plural(persons, 'person', 'persons')} · ${plural(presences, 'presence', 'presences')}`,
  records: 'Records',
  showRecords: (count: number) => `Show the ${plural(count, 'turn', 'turns')}`,
  showUnanswered: 'Show the unanswered',
  csv: 'CSV of all figures',
  emptyTitle: 'Nothing to measure here yet',
  emptyAbout: 'No turn lies within these filters. Widen the period, clear the filters, or import history.',
  finding: (turns: number, share: number | null, median: number | null) =>
    share === null
      ? 'No turn lies within these filters'
      : `${sayShare(share)} of ${plural(turns, 'turn was', 'turns were')} answered` +
        (median === null ? '' : `, half of them within ${sayDuration(median)}`),
  recordsTitle: 'The turns behind this figure',
  recordsEmpty: 'No turn belongs to this figure.',
  more: 'Show more',
  notAnswered: 'not answered',
  answeredAfter: (time: string) => `answered after ${time}`,
  openCase: 'Open the case',
  openPerson: 'Open the person',
  withAnswer: 'After our answer',
  without: 'Without an answer in time (control)',
  before: 'Before',
  after: 'After',
  silent: 'Never spoke again',
  netShift: 'Net shift',
  netShiftNote: 'ended better less ended worse, of those who spoke again',
  improved: 'Negative at first, better afterwards',
  difference: 'Difference to the control',
  csat: 'Satisfied (4 or 5 of 5)',
  csatAsked: (asked: number) => `${plural(asked, 'person was', 'people were')} asked`,
  resolvedMedian: 'Median time to resolution',
  resolved90: '9 of 10 resolved within',
  controlTitle: 'Why there is a control',
  controlAbout:
    'Anger fades by itself: most people who began negative sound better later, answered or not. Only the difference says what our answers did.',
} as const

export const dimensionWords: Readonly<Record<Dimension, string>> = {
  presence: 'Presence',
  function: 'Function',
  intent: 'Intent',
  channel: 'Channel',
  hour: 'Hour',
  day: 'Day',
  week: 'Week',
}

export const intentWords: Readonly<Record<string, string>> = {
  question: 'Question',
  complaint: 'Complaint',
  praise: 'Praise',
  suggestion: 'Suggestion',
  purchase: 'Wish to buy',
  urgent: 'Urgent',
  noise: 'Noise',
}
