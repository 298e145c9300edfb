import { activitystreams } from './activitystreams.ts'
import { csv } from './csv.ts'
import type { Format } from './format.ts'
import { googleReviews } from './google-reviews.ts'
import { linkedin } from './linkedin.ts'
import { mbox } from './mbox.ts'
import { facebook, instagram } from './meta-archive.ts'
import { ndjson } from './ndjson.ts'
import { reddit } from './reddit.ts'
import { tiktok } from './tiktok.ts'
import { trustpilot } from './trustpilot.ts'
import { twcs } from './twcs.ts'
import { whatsappChat } from './whatsapp-chat.ts'
import { xArchive } from './x-archive.ts'

/** Every way to import a file, in the order in which they are offered. */
export const formats: readonly Format[] = [
  csv,
  ndjson,
  mbox,
  activitystreams,
  facebook,
  googleReviews,
  instagram,
  linkedin,
  reddit,
  tiktok,
  trustpilot,
  whatsappChat,
  xArchive,
  twcs,
]

export function findFormat(id: string): Format | undefined {
  return formats.find((format) => format.id === id)
}
