export const asideWords = {
  person: 'Person and case',
  fullPerson: 'Full person',
  close: 'Close',
  earlierCases: 'Other cases',
  case: 'This case',
  opened: 'Opened',
  resolved: 'Resolved',
  met: 'Within the target',
  missed: 'Missed the target',
  survey: 'Survey',
  surveyAsked: 'Asked, no answer yet',
  surveyScore: (score: number) => `${score} of 5`,
} as const
