import { mastodon } from '../../channels/mastodon/mastodon.ts'
import { conformance } from '../../channels/conformance/kit.ts'
import { missingPackages } from '../peers/install.ts'
import { openMastodonBackend } from '../peers/twins/mastodon/backend.ts'

// The twin counts 300 calls in five minutes, as Mastodon does; so the kit polls at a slower pace.
conformance(
  'Mastodon',
  { plug: mastodon, openBackend: openMastodonBackend },
  {
    missing: missingPackages('twins'),
    pollMs: 1_000,
    settleMs: 400,
  },
)
