import { Hono } from 'hono'
import { connectionPartsOf } from './channels.ts'
import { attachmentRoute, originalRoute } from './connections/index.ts'
import { importStreams, ingestRoute, type Ingest } from './engagements/index.ts'
import type { Platform } from './platform/platform.ts'
import { reportStreams } from './reports/routes-csv.ts'
import { conversationFiles, conversationLive, uploadRoute } from './replies/index.ts'

/** What is beside the contract, because bytes stream or are verified as they came. */
export function streams(platform: Platform, ingest: Ingest): Hono {
  const app = new Hono()
  app.route('/', ingestRoute(platform, ingest))
  app.route('/', importStreams(platform))
  app.route('/', attachmentRoute(connectionPartsOf(platform)))
  app.route('/', originalRoute(connectionPartsOf(platform)))
  app.route('/', uploadRoute(platform))
  app.route('/', conversationLive(platform))
  app.route('/', conversationFiles(platform))
  app.route('/', reportStreams(platform))
  return app
}
