import type { EngagementInput } from '../../contract/engagement.ts'

/** What stands for somebody whose account is gone; the id alone stays, by which they are known if they come back. */
export const goneName = 'Deleted account'

/** Words of somebody who left, as a tombstone: that something was said stays, and nothing else. */
export function withoutWords(input: EngagementInput): EngagementInput {
  const { subject: _, ...rest } = input
  return {
    ...rest,
    author: { externalId: input.author.externalId, name: goneName },
    mentions: [],
    text: '',
    media: [],
  }
}
