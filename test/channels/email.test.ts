import { mailbox } from '../../channels/email/mailbox.ts'
import { conformance } from '../../channels/conformance/kit.ts'
import { missingDebian } from '../peers/install.ts'
import { openBackend } from '../peers/dovecot/backend.ts'

conformance(
  'a mailbox on Dovecot',
  { plug: mailbox, openBackend },
  {
    missing: missingDebian(['dovecot-imapd', 'dovecot-lmtpd']),
    // The submission server holds each greeting back for 100 ms, to catch who talks too early.
    texts: 200,
    // IMAP and SMTP know no status of HTTP, and no time to wait.
    faults: [
      'html-error',
      'half-answer',
      'cut',
      'refuse',
      'slow',
      'lose-answer',
      'token-expired',
      'token-revoked',
    ],
  },
)
