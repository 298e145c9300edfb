import { conformance } from '../../channels/conformance/kit.ts'
import { openBlueskyBackend } from '../peers/bluesky/backend.ts'

const noNotifications = 'a server that stands alone gathers no notifications'

conformance('Bluesky on a server alone', () => openBlueskyBackend(), {
  leaveOut: {
    'capture-poll': noNotifications,
    'loss-poll': noNotifications,
    backfill: noNotifications,
  },
})
