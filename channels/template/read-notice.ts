// What a notice on the board means. Pure: the same bytes mean the same.
import { z } from 'zod'
import type { Normalised, RawEvent } from '../channel.ts'
import { fit, readObject } from '../read-json.ts'

/** As much as an engagement holds. */
const mostText = 100_000

const Notice = z.object({
  kind: z.literal('notice'),
  id: z.string().min(1),
  author: z.object({ id: z.string().min(1), name: z.string() }),
  text: z.string(),
  below: z.string().min(1).nullable(),
  at: z.iso.datetime(),
})

export function readNotice(event: RawEvent, ourId: string): Normalised {
  const body = readObject(event, 'the board')
  // A kind that the board learned since: kept raw and counted by the core.
  if (body['kind'] !== 'notice') return { activities: [], unknown: [`kind ${String(body['kind'])}`] }
  const { id, author, text, below, at } = fit(Notice, body, 'A notice')
  return {
    activities: [
      {
        type: 'Create',
        kind: 'Note',
        source: 'notices',
        externalId: id,
        direction: author.id === ourId ? 'out' : 'in',
        author: { externalId: author.id, name: author.name },
        mentions: [],
        visibility: 'public',
        ...(below === null ? {} : { parentExternalId: below }),
        text: text.slice(0, mostText),
        media: [],
        publishedAt: at,
        automatic: false,
      },
    ],
  }
}
