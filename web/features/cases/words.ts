import type { CasePriority, CaseStatus, Clock } from '../../../contract/cases.ts'
import type { Engagement } from '../../../contract/engagements.ts'
import type { Label, Sentiment } from '../../../contract/reading.ts'
import type { DeskSort, DeskView, FilterName } from './desk-search.ts'

const plural = new Intl.PluralRules('en')

export function count(n: number, one: string, other: string): string {
  return `${n.toLocaleString()} ${plural.select(n) === 'one' ? one : other}`
}

export const viewTitles: Readonly<Record<DeskView, string>> = {
  open: 'Open',
  mine: 'Mine',
  unassigned: 'Unassigned',
  mentions: 'Mentions',
  snoozed: 'Snoozed',
  resolved: 'Resolved',
  all: 'All',
}
export const sortTitles: Readonly<Record<DeskSort, string>> = {
  due: 'Due first',
  newest: 'Newest activity',
  oldest: 'Oldest activity',
}
export const statusTitles: Readonly<Record<CaseStatus, string>> = {
  new: 'New',
  open: 'Open',
  pending: 'Waits for the customer',
  'on-hold': 'On hold',
  resolved: 'Resolved',
}
export const shortStatusTitles: Readonly<Record<CaseStatus, string>> = { ...statusTitles, pending: 'Pending' }
export const priorityTitles: Readonly<Record<CasePriority, string>> = {
  urgent: 'Urgent',
  high: 'High',
  normal: 'Normal',
  low: 'Low',
}
export const clockTitles: Readonly<Record<Clock['kind'], string>> = {
  'first-answer': 'First answer',
  'next-answer': 'Next answer',
  resolution: 'Resolution',
}
export const labelTitles: Readonly<Record<Label, string>> = {
  question: 'Question',
  complaint: 'Complaint',
  praise: 'Praise',
  suggestion: 'Suggestion',
  purchase: 'Purchase intent',
  urgent: 'Urgent',
  noise: 'Noise',
}
export const sentimentTitles: Readonly<Record<Sentiment, string>> = {
  negative: 'Negative',
  neutral: 'Neutral',
  positive: 'Positive',
}
export const filterTitles: Readonly<Record<FilterName, string>> = {
  function: 'Function',
  assignee: 'Assignee',
  channel: 'Channel',
  presence: 'Presence',
  priority: 'Priority',
  sentiment: 'Feeling',
  label: 'Meaning',
  tag: 'Tag',
  late: 'Late',
  soon: 'Due within the hour',
  waiting: 'Waits for our answer',
  unread: 'Unread',
  unsent: 'An answer did not leave',
}
export const visibilityTitles: Readonly<Record<Engagement['visibility'], string>> = {
  public: 'Public',
  unlisted: 'Unlisted',
  followers: 'Followers only',
  direct: 'Private',
  internal: 'Internal',
}
export const deliveryTitles: Readonly<Record<NonNullable<Engagement['delivery']>['state'], string>> = {
  queued: 'Waits to leave',
  sending: 'Sending',
  sent: 'Sent',
  delivered: 'Delivered',
  read: 'Read',
  failed: 'Not sent',
  cancelled: 'Not sent: given up',
  unknown: 'Being checked: whether it arrived is not known yet',
  'not-connected': 'Not sent: this presence is not connected',
}
export const kindTitles: Readonly<Record<Engagement['kind'], string>> = {
  Note: 'Post',
  Article: 'Article',
  Question: 'Question',
  Message: 'Message',
  Review: 'Review',
  Call: 'Call',
  Visit: 'Visit',
  Letter: 'Letter',
  Event: 'Event',
}
