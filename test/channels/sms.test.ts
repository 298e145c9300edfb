import { sms } from '../../channels/sms/sms.ts'
import { conformance } from '../../channels/conformance/kit.ts'
import { openKannelBackend } from '../peers/kannel/backend.ts'
import { missingKannel } from '../peers/kannel/kannel.ts'

conformance(
  'SMS',
  { plug: sms, openBackend: openKannelBackend },
  {
    texts: 150,
    hasNoThreads: 'SMS knows no answers to something',
    faults: ['status', 'html-error', 'half-answer', 'cut', 'refuse', 'slow', 'lose-answer', 'token-revoked'],
    missing: missingKannel(),
  },
)
