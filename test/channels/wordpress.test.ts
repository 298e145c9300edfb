import { wordpress } from '../../channels/wordpress/wordpress.ts'
import { conformance } from '../../channels/conformance/kit.ts'
import { missingDebian } from '../peers/install.ts'
import { openWordPressBackend } from '../peers/wordpress/backend.ts'

conformance(
  'WordPress',
  { plug: wordpress, openBackend: openWordPressBackend },
  {
    texts: 60,
    pollMs: 300,
    settleMs: 700,
    missing: missingDebian(['wordpress', 'mariadb-server', 'php-cli', 'php-mysql']),
  },
)
