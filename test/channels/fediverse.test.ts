import { fediverse } from '../../channels/fediverse/fediverse.ts'
import { conformance } from '../../channels/conformance/kit.ts'
import { openFediverseBackend } from '../peers/activitypub-bot/backend.ts'
import { missingPackages } from '../peers/install.ts'

// Its own tests try what is forged on that site.
const pushesToSite = 'pushes come to a site of its own'

// The peer hands over ten to twenty things a second, and tries again after a while what we could not take: a thousand
// of them need patience. An actor has keys of its own and no token that somebody else could take away.
conformance(
  'the fediverse',
  { plug: fediverse, openBackend: openFediverseBackend },
  {
    missing: missingPackages('activitypub-bot'),
    texts: 40,
    settleMs: 600,
    patienceMs: 300_000,
    timeoutMs: 600_000,
    leaveOut: {
      forged: pushesToSite,
      nonsense: pushesToSite,
      lease: pushesToSite,
    },
    faults: ['status', 'html-error', 'half-answer', 'cut', 'refuse', 'slow', 'lose-answer'],
  },
)
