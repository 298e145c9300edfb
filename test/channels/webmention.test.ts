import { webmention } from '../../channels/feeds/webmention.ts'
import { conformance } from '../../channels/conformance/kit.ts'
import { openWebmentionBackend } from '../peers/open-web/webmention-backend.ts'

conformance(
  'webmention',
  { plug: webmention, openBackend: openWebmentionBackend },
  {
    asksForNoPushes: 'pages find the address on the page that they mention',
    faults: ['status', 'html-error', 'half-answer', 'cut', 'refuse', 'slow', 'lose-answer'],
  },
)
