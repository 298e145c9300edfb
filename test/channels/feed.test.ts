import { conformance } from '../../channels/conformance/kit.ts'
import { missingDebian } from '../peers/install.ts'
import { openFeedBackend } from '../peers/open-web/feed-backend.ts'

conformance('feed', openFeedBackend, {
  events: 150,
  kills: 10,
  pollMs: 300,
  settleMs: 700,
  faults: ['status', 'html-error', 'half-answer', 'cut', 'refuse', 'slow'],
  leaveOut: {
    slow: 'it is about answers, and a feed takes none; its own test covers a slow feed',
    rate: 'it is about answers, and a feed takes none; its own test covers 429',
  },
  missing: missingDebian(['wordpress', 'mariadb-server', 'php-cli', 'php-mysql']),
})
