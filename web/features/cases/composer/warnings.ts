import type { CaseDetail } from '../../../../contract/cases.ts'
import type { Engagement } from '../../../../contract/engagements.ts'
import { checkFormLetter } from './form-letter.ts'
import { findPlaceholders } from './placeholders.ts'

export type Warning =
  | { readonly kind: 'answering'; readonly names: readonly string[] }
  | { readonly kind: 'looking'; readonly names: readonly string[] }
  | { readonly kind: 'arrived'; readonly newest: Engagement }
  | { readonly kind: 'over'; readonly by: number }
  | { readonly kind: 'placeholder'; readonly places: readonly string[] }
  | { readonly kind: 'form-letter'; readonly phrases: readonly string[]; readonly isNothingTakenUp: boolean }

export interface WarningSubject {
  readonly text: string
  /** What the answer should take up. */
  readonly heard: string
  readonly viewers: CaseDetail['viewers']
  readonly memberId: string
  readonly engagements: readonly Engagement[]
  readonly lastSeenEngagementId: string | null
  readonly overBy: number
}

/** Fewer words are not yet an answer to judge. */
const fewestWords = 5

/** What a writer should know before sending, the gravest first. */
export function warningsFor(subject: WarningSubject): Warning[] {
  const warnings: Warning[] = []
  const others = subject.viewers.filter((viewer) => viewer.memberId !== subject.memberId)
  const answering = others.filter((viewer) => viewer.isAnswering).map((viewer) => viewer.name)
  const looking = others.filter((viewer) => !viewer.isAnswering).map((viewer) => viewer.name)
  if (answering.length > 0) warnings.push({ kind: 'answering', names: answering })
  const isWriting = subject.text.trim() !== ''
  const newest = isWriting ? arrivedSince(subject) : null
  if (newest !== null) warnings.push({ kind: 'arrived', newest })
  if (subject.overBy > 0) warnings.push({ kind: 'over', by: subject.overBy })
  const places = findPlaceholders(subject.text)
  if (places.length > 0) warnings.push({ kind: 'placeholder', places })
  if (subject.text.trim().split(/\s+/).length >= fewestWords) {
    const check = checkFormLetter(subject.text, subject.heard)
    const isNothingTakenUp = check.takenUp.length === 0
    if (check.isFormLetter) warnings.push({ kind: 'form-letter', phrases: check.phrases, isNothingTakenUp })
  }
  if (looking.length > 0) warnings.push({ kind: 'looking', names: looking })
  return warnings
}

/** The newest message that stands after the last one the writer saw; null where there is none. */
function arrivedSince({ engagements, lastSeenEngagementId }: WarningSubject): Engagement | null {
  const seen = engagements.findIndex((engagement) => engagement.id === lastSeenEngagementId)
  // Nothing was there when the writing began, or what was seen is on an older page.
  if (seen < 0 && lastSeenEngagementId !== null) return null
  return engagements.slice(seen + 1).at(-1) ?? null
}
