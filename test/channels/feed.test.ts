import { feed } from '../../channels/feeds/feed.ts'
import { conformance } from '../../channels/conformance/kit.ts'
import { missingDebian } from '../peers/install.ts'
import { openFeedBackend } from '../peers/open-web/feed-backend.ts'

conformance(
  'feed',
  { plug: feed, openBackend: openFeedBackend },
  {
    // WordPress writes its feed anew for every poll, some seconds long where much was said meanwhile.
    patienceMs: 60_000,
    timeoutMs: 240_000,
    pollMs: 300,
    settleMs: 700,
    faults: ['status', 'html-error', 'half-answer', 'cut', 'refuse', 'slow'],
    missing: missingDebian(['wordpress', 'mariadb-server', 'php-cli', 'php-mysql']),
  },
)
