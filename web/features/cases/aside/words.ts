export const asideWords = {
  person: 'Person',
  fullPerson: 'Open the full person',
  close: 'Close',
  earlierCases: 'Other cases',
  noEarlier: 'This is the first case.',
  case: 'Case',
  opened: 'Opened',
  resolved: 'Resolved',
} as const
