import type { Condition, FactTest } from '../../contract/decision.ts'
import {
  containsPhrase,
  searchText,
  seekPhrase,
  type SearchedText,
  type SoughtPhrase,
} from '../../lib/text/find-words.ts'
import type { DecisionFacts } from './decision-facts.ts'
import { describeRange, listWords, quoted } from './describe-condition.ts'
import {
  flagFacts,
  isFlagTest,
  isRangeTest,
  isSetTest,
  rangeFacts,
  setFacts,
  wantedValues,
  type SetFact,
} from './fact-words.ts'

export interface Verdict {
  readonly holds: boolean
  /** The facts that settled it: of several that had to hold, the first that did not; of several that could, the first that did. */
  readonly reasons: readonly string[]
}

export function evaluateCondition(condition: Condition, facts: DecisionFacts): Verdict {
  switch (condition.test) {
    case 'all':
      return untilSettled(condition.of, facts, false)
    case 'any':
      return untilSettled(condition.of, facts, true)
    case 'not': {
      const verdict = evaluateCondition(condition.of, facts)
      return { holds: !verdict.holds, reasons: verdict.reasons }
    }
    default:
      return evaluateTest(condition, facts)
  }
}

/** Asks in order until one answers `settling`; that one alone is then the reason, else all of them are. */
function untilSettled(conditions: readonly Condition[], facts: DecisionFacts, settling: boolean): Verdict {
  const reasons: string[] = []
  for (const condition of conditions) {
    const verdict = evaluateCondition(condition, facts)
    if (verdict.holds === settling) return verdict
    reasons.push(...verdict.reasons)
  }
  return { holds: !settling, reasons }
}

function evaluateTest(test: FactTest, facts: DecisionFacts): Verdict {
  if (isSetTest(test)) {
    return compareSets(setFacts[test.test], facts, wantedValues(test))
  }
  if (isFlagTest(test)) {
    const fact = flagFacts[test.test]
    const value = fact.value(facts)
    return { holds: value === test.is, reasons: [value ? fact.yes : fact.no] }
  }
  if (isRangeTest(test)) {
    const fact = rangeFacts[test.test]
    return compareRange(fact.name, fact.value(facts), test)
  }
  return test.test === 'words' ? findPhrase(test.anyOf, facts) : compareHours(test, facts.time.hour)
}

function compareSets(fact: SetFact, facts: DecisionFacts, wanted: readonly string[]): Verdict {
  const known = fact.values(facts).filter((value) => value !== null)
  const keys = new Set(wanted.map(nameKey))
  const matching = known.filter((value) => keys.has(nameKey(value)))
  if (matching.length > 0) return { holds: true, reasons: [fact.say(listWords(matching, 'and'))] }
  if (known.length === 0) return { holds: false, reasons: [fact.none] }
  return { holds: false, reasons: [`${fact.say(listWords(known, 'and'))}, not ${listWords(wanted, 'or')}`] }
}

/** Names and handles are the same whatever their case, with or without @. */
function nameKey(name: string): string {
  return name.trim().toLowerCase().replace(/^@/, '')
}

function compareRange(name: string, value: number, range: { min?: number; max?: number }): Verdict {
  const holds = value >= (range.min ?? -Infinity) && value <= (range.max ?? Infinity)
  const spoken = Number.isInteger(value) ? `${value}` : value.toFixed(2)
  const reason = `${name} is ${spoken}`
  return { holds, reasons: [holds ? reason : `${reason}, not ${describeRange(range.min, range.max)}`] }
}

function findPhrase(phrases: readonly string[], facts: DecisionFacts): Verdict {
  const text = searchedText(facts.engagement)
  const sought = soughtPhrases(phrases)
  const found = phrases.filter((_, i) => {
    const phrase = sought[i]
    return phrase !== undefined && containsPhrase(text, phrase)
  })
  if (found.length > 0) return { holds: true, reasons: [`the text has the words ${quoted(found)}`] }
  return { holds: false, reasons: ['the text has none of the words asked for'] }
}

// A text is asked for many words, and the words are asked of many texts: each is made ready once.
const searchedTexts = new WeakMap<DecisionFacts['engagement'], SearchedText>()
const soughtLists = new WeakMap<readonly string[], readonly SoughtPhrase[]>()

function searchedText(engagement: DecisionFacts['engagement']): SearchedText {
  const known = searchedTexts.get(engagement)
  if (known) return known
  const searched = searchText(engagement.text)
  searchedTexts.set(engagement, searched)
  return searched
}

function soughtPhrases(phrases: readonly string[]): readonly SoughtPhrase[] {
  const known = soughtLists.get(phrases)
  if (known) return known
  const sought = phrases.map(seekPhrase)
  soughtLists.set(phrases, sought)
  return sought
}

function compareHours(test: { from: number; until: number }, hour: number): Verdict {
  const { from, until } = test
  const holds = from < until ? hour >= from && hour < until : hour >= from || hour < until
  return { holds, reasons: [`the time is between ${hour}:00 and ${hour + 1}:00`] }
}
