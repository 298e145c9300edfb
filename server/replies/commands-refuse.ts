// What is refused before it is put into the line, because the network would refuse it or nobody should do it.
import type { Visibility } from '../../contract/engagement.ts'
import { refused } from '../platform/refused.ts'
import type { Speaking } from './open-channel.ts'
import type { AnswerFacts } from './plan-answer.ts'
import { isWider } from './wider-visibility.ts'

/** A text that the network splits is not too long. */
export function refuseTooLong(speaking: Speaking | null, text: string): void {
  const preview = speaking?.channel.preview(text)
  if (preview === undefined || preview.max === null || preview.length <= preview.max) return
  if ((preview.parts?.length ?? 1) > 1) return
  throw refused('INVALID', 'too-long', preview.warnings.join(' '))
}

/** What was said in private is never answered in public. */
export function refuseWider({ parent }: Pick<AnswerFacts, 'parent'>, wanted: Visibility | undefined): void {
  if (wanted === undefined || parent === null || !isWider(wanted, parent.visibility)) return
  throw refused('INVALID', 'too-wide', 'What was said to fewer people is not answered to more.')
}
