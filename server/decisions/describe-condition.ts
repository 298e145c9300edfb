import type { Condition, FactTest } from '../../contract/decision.ts'
import {
  flagFacts,
  isFlagTest,
  isRangeTest,
  isSetTest,
  rangeFacts,
  setFacts,
  wantedValues,
} from './fact-words.ts'

/** A condition as a clause to stand after "if". */
export function describeCondition(condition: Condition): string {
  switch (condition.test) {
    case 'all':
      return condition.of.map(bracketed).join(' and ')
    case 'any':
      return condition.of.map(bracketed).join(' or ')
    case 'not':
      return `not (${describeCondition(condition.of)})`
    default:
      return describeTest(condition)
  }
}

/** Joins words as a person would: a, b or c. */
export function listWords(words: readonly string[], joint: 'or' | 'and'): string {
  const last = words.at(-1) ?? ''
  return words.length > 1 ? `${words.slice(0, -1).join(', ')} ${joint} ${last}` : last
}

export function describeRange(min: number | undefined, max: number | undefined): string {
  if (min !== undefined && max !== undefined) return min === max ? `${min}` : `between ${min} and ${max}`
  return min === undefined ? `at most ${max}` : `at least ${min}`
}

export function quoted(phrases: readonly string[]): string {
  return listWords(
    phrases.map((phrase) => `"${phrase}"`),
    'or',
  )
}

function bracketed(condition: Condition): string {
  const text = describeCondition(condition)
  const isGroup = condition.test === 'all' || condition.test === 'any'
  return isGroup && condition.of.length > 1 ? `(${text})` : text
}

function describeTest(test: FactTest): string {
  if (isSetTest(test)) return setFacts[test.test].say(listWords(wantedValues(test), 'or'))
  if (isFlagTest(test)) return test.is ? flagFacts[test.test].yes : flagFacts[test.test].no
  if (isRangeTest(test)) return `${rangeFacts[test.test].name} is ${describeRange(test.min, test.max)}`
  if (test.test === 'words') return `the text has the words ${quoted(test.anyOf)}`
  return `the time is between ${test.from}:00 and ${test.until}:00`
}
