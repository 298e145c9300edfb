import { conformance } from '../../channels/conformance/kit.ts'
import { openFediverseBackend } from '../peers/activitypub-bot/backend.ts'
import { missingPackages } from '../peers/install.ts'

// The peer takes about 50 ms for each thing said, and tries again after a second what we could not take. An actor has
// keys of its own and no token that somebody else could take away.
conformance('the fediverse', openFediverseBackend, {
  missing: missingPackages('activitypub-bot'),
  events: 200,
  texts: 40,
  settleMs: 600,
  patienceMs: 40_000,
  timeoutMs: 240_000,
  faults: ['status', 'html-error', 'half-answer', 'cut', 'refuse', 'slow', 'lose-answer'],
})
