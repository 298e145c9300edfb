import { Hono } from 'hono'
import { importStreams, ingestRoute, type Ingest } from './engagements/index.ts'
import type { Platform } from './platform/platform.ts'
import { reportStreams } from './reports/routes-csv.ts'
import { conversationLive } from './replies/index.ts'

/** What is beside the contract, because bytes stream or are verified as they came. */
export function streams(platform: Platform, ingest: Ingest): Hono {
  const app = new Hono()
  app.route('/', ingestRoute(platform, ingest))
  app.route('/', importStreams(platform))
  app.route('/', conversationLive(platform))
  app.route('/', reportStreams(platform))
  return app
}
