// Every fact that a tree may test: where it stands in the facts, and how a person says it.
import type { FactTest } from '../../contract/decision.ts'
import type { DecisionFacts } from './decision-facts.ts'

type SetTest = Exclude<Extract<FactTest, { anyOf: unknown }>, { test: 'words' }>
type FlagTest = Extract<FactTest, { is: boolean }>
type RangeTest = Extract<
  FactTest,
  { test: 'probability' | 'open-cases' | 'engagements-before' | 'depth' | 'authors' }
>

export interface SetFact {
  /** As a clause, of values that are listed already. */
  readonly say: (values: string) => string
  /** Where there is no value. */
  readonly none: string
  readonly values: (facts: DecisionFacts) => readonly (string | null)[]
}

interface FlagFact {
  readonly yes: string
  readonly no: string
  readonly value: (facts: DecisionFacts) => boolean
}

interface RangeFact {
  readonly name: string
  readonly value: (facts: DecisionFacts) => number
}

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

function weekdayName(isoWeekday: number): string {
  return weekdays[isoWeekday - 1] ?? `day ${isoWeekday}`
}

export const setFacts: Readonly<Record<SetTest['test'], SetFact>> = {
  label: {
    say: (values) => `it reads as ${values}`,
    none: 'it reads as nothing in particular',
    values: (facts) => facts.reading.labels,
  },
  sentiment: {
    say: (values) => `it sounds ${values}`,
    none: 'its sentiment is unknown',
    values: (facts) => [facts.reading.sentiment],
  },
  language: {
    say: (values) => `it is written in ${values}`,
    none: 'its language is unknown',
    values: (facts) => [facts.reading.language.split('-')[0] ?? ''],
  },
  membership: {
    say: (values) => `the person belongs to ${values}`,
    none: 'the person belongs to no group',
    values: (facts) => facts.person.memberships,
  },
  lifecycle: {
    say: (values) => `the relationship is at ${values}`,
    none: 'the stage of the relationship is unknown',
    values: (facts) => [facts.person.lifecycle],
  },
  'value-tier': {
    say: (values) => `the value tier is ${values}`,
    none: 'the value tier is unknown',
    values: (facts) => [facts.person.valueTier],
  },
  presence: {
    say: (values) => `it came to ${values}`,
    none: 'it came to no account of ours',
    values: (facts) => [facts.presence.handle],
  },
  'presence-function': {
    say: (values) => `our account belongs to ${values}`,
    none: 'our account belongs to no function',
    values: (facts) => [facts.presence.function],
  },
  channel: {
    say: (values) => `it came by ${values}`,
    none: 'its channel is unknown',
    values: (facts) => [facts.engagement.channel],
  },
  activity: {
    say: (values) => `the activity is ${values}`,
    none: 'the activity is unknown',
    values: (facts) => [facts.engagement.activity],
  },
  kind: {
    say: (values) => `the kind is ${values}`,
    none: 'the kind is unknown',
    values: (facts) => [facts.engagement.kind],
  },
  visibility: {
    say: (values) => `it was said ${values}`,
    none: 'who may see it is unknown',
    values: (facts) => [facts.engagement.visibility],
  },
  direction: {
    say: (values) => `it goes ${values}`,
    none: 'its direction is unknown',
    values: (facts) => [facts.engagement.direction],
  },
  weekday: {
    say: (values) => `it is ${values}`,
    none: 'the weekday is unknown',
    values: (facts) => [weekdayName(facts.time.weekday)],
  },
}

export const flagFacts: Readonly<Record<FlagTest['test'], FlagFact>> = {
  abstain: {
    yes: 'the reading is too unsure of the sentiment',
    no: 'the reading is sure enough of the sentiment',
    value: (facts) => facts.reading.abstain,
  },
  'new-person': {
    yes: 'the person was never heard from before',
    no: 'the person was heard from before',
    value: (facts) => facts.person.isNew,
  },
  reply: {
    yes: 'it answers something',
    no: 'it begins a conversation',
    value: (facts) => facts.thread.isReply,
  },
  'our-answer': {
    yes: 'we answered in this thread before',
    no: 'we have not answered in this thread',
    value: (facts) => facts.thread.hasOurAnswer,
  },
  'business-time': {
    yes: 'it came within business hours',
    no: 'it came outside business hours',
    value: (facts) => facts.time.isBusinessTime,
  },
  automatic: {
    yes: 'a machine sent it',
    no: 'a person sent it',
    value: (facts) => facts.engagement.isAutomatic,
  },
  'addressed-to-us': {
    yes: 'it is addressed to us',
    no: 'it is not addressed to us',
    value: (facts) => facts.engagement.isAddressedToUs,
  },
}

export const rangeFacts: Readonly<Record<RangeTest['test'], RangeFact>> = {
  probability: { name: 'the probability of the sentiment', value: (facts) => facts.reading.probability },
  'open-cases': { name: 'the number of open cases', value: (facts) => facts.person.openCases },
  'engagements-before': {
    name: 'the number of earlier engagements',
    value: (facts) => facts.person.engagementsBefore,
  },
  depth: { name: 'the depth in the thread', value: (facts) => facts.thread.depth },
  authors: { name: 'the number of persons in the thread', value: (facts) => facts.thread.authors },
}

export function isSetTest(test: FactTest): test is SetTest {
  return test.test in setFacts
}

export function isFlagTest(test: FactTest): test is FlagTest {
  return test.test in flagFacts
}

export function isRangeTest(test: FactTest): test is RangeTest {
  return test.test in rangeFacts
}

/** What a set test wants, in the words that its fact is given in. */
export function wantedValues(test: SetTest): readonly string[] {
  return test.test === 'weekday' ? test.anyOf.map(weekdayName) : test.anyOf
}
