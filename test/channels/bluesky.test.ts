import { bluesky } from '../../channels/bluesky/bluesky.ts'
import { conformance } from '../../channels/conformance/kit.ts'
import { createBareDatabase } from '../database.ts'
import { openBlueskyBackend } from '../peers/bluesky/backend.ts'
import { missingDebian, missingPackages } from '../peers/install.ts'

const noNotifications = 'a server that stands alone gathers no notifications'

conformance(
  'Bluesky, a server alone',
  { plug: bluesky, openBackend: () => openBlueskyBackend() },
  {
    // 500 texts of more kinds are tried beside the channel.
    texts: 100,
    leaveOut: {
      'capture-poll': noNotifications,
      'loss-poll': noNotifications,
      backfill: noNotifications,
      truth: 'seen on the whole network',
    },
    missing: missingPackages('bluesky'),
  },
)

// What this run has beside the first: notifications, threads and blocks as the network itself sees them.
conformance(
  'Bluesky, the whole network',
  { plug: bluesky, openBackend: openWholeNetwork },
  {
    texts: 40,
    settleMs: 600,
    missing: missingPackages('bluesky') ?? missingDebian(['redis-server']),
  },
)

async function openWholeNetwork() {
  const database = await createBareDatabase()
  const backend = await openBlueskyBackend(database.ownerUrl)
  return {
    ...backend,
    close: async () => {
      await backend.close()
      await database.drop()
    },
  }
}
