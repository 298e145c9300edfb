import type { Deviation } from '../contract.ts'

/** Where WhatsApp is known to differ from Meta's OpenAPI file, or where the twin had to choose. */
export const deviations: readonly Deviation[] = [
  {
    where: 'messages that are sent: additionalProperties false beside allOf',
    why: 'Read as JSON Schema no message could ever fit, as each part forbids the fields of the other; it is left out.',
    source: 'the examples of the same file, which would all be refused',
  },
  {
    where: 'messages that come in: the required fields of messages that are sent',
    why: 'They come with from, id and timestamp instead of to and messaging_product.',
    source: 'the examples of the same file',
  },
  {
    where: 'recipient_type is required',
    why: 'It may be left out and means a single person then.',
    source: "Meta's reference of the messages call, in prose",
  },
  {
    where: 'more than 24 hours since the last word (131047)',
    why: 'Meta takes the message and tells the failure by a status; the twin does the same.',
    source: "Meta's page of error codes: returned by webhooks",
  },
  {
    where: 'how long to wait',
    why: 'Meta names no seconds with 130429 and 131056; the twin sends Retry-After where a test asks for a figure.',
    source: "Meta's page of error codes",
  },
]
