import { conformance } from '../../channels/conformance/kit.ts'
import { openWebmentionBackend } from '../peers/open-web/webmention-backend.ts'

conformance('webmention', openWebmentionBackend, {
  faults: ['status', 'html-error', 'half-answer', 'cut', 'refuse', 'slow', 'lose-answer'],
})
