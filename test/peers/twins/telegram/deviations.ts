import type { Deviation } from '../contract.ts'

/** Where Telegram is known to differ from what its contract says, or where the twin had to choose. */
export const deviations: readonly Deviation[] = [
  {
    where: 'sendMessage text, at most 4,096 "characters after entities parsing"',
    why: 'What a character is stands nowhere; the twin counts UTF-16 units, the strictest reading, so that what fits here fits there.',
    source: 'core.telegram.org/bots/api#sendmessage',
  },
  {
    where: 'flood limits',
    why: 'No contract holds them. The twin takes the figures of the questions and answers for bots: 30 a second, one a second in a chat (short bursts pass), 20 a minute in a group; the real ones are not published and change.',
    source: 'core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this',
  },
  {
    where: 'error texts',
    why: 'The contract knows only `description`; the sentences are those that bots are known to get, and Telegram may word them anew at any time.',
    source: 'core.telegram.org/bots/api#making-requests',
  },
]
