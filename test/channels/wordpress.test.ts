import { conformance } from '../../channels/conformance/kit.ts'
import { missingDebian } from '../peers/install.ts'
import { openWordPressBackend } from '../peers/wordpress/backend.ts'

// PHP answers a comment in about 50 ms, so the test for loss says fewer of them.
conformance('WordPress', openWordPressBackend, {
  events: 300,
  texts: 60,
  pollMs: 300,
  settleMs: 700,
  missing: missingDebian(['wordpress', 'mariadb-server', 'php-cli', 'php-mysql']),
})
