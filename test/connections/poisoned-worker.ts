// A worker of its own process that reads what a connection of the test network kept, with a clock that is ahead; a word of
// that network computes for ever. Ends by itself when nothing is due.
import { setTimeout as sleep } from 'node:timers/promises'
import { connectionHooks } from '../../server/hooks.ts'
import { normaliseConnection } from '../../server/connections/commands-normalise.ts'
import type { ConnectionParts } from '../../server/connections/index.ts'
import { openDatabase } from '../../server/platform/db/database.ts'
import { openEgress } from '../../server/platform/egress/egress.ts'
import { openFiles } from '../../server/platform/files/files.ts'
import { openLog } from '../../server/platform/log.ts'
import { openSecrets } from '../../server/platform/secrets/sealed.ts'
import { beWatched } from '../../server/platform/watchdog.ts'
import { openTestNetwork } from './test-network.ts'

const [ownerUrl = '', appUrl = '', folder = '', workspaceId = '', connectionId = '', aheadMs = '0'] =
  process.argv.slice(2)
beWatched(1)
const database = openDatabase({ ownerUrl, appUrl, onError: () => undefined })
const parts: ConnectionParts = {
  platform: {
    database,
    clock: { now: () => Date.now() + Number(aheadMs) },
    log: openLog('silent'),
    secrets: openSecrets(Buffer.alloc(32, 3)),
    egress: openEgress({ trusted: [] }),
    files: openFiles(folder),
    publicUrl: 'http://localhost:5911',
    auth: undefined as never,
  },
  plugs: [openTestNetwork().plug],
  settings: { smtp: undefined },
  hooks: connectionHooks,
  chance: () => 0,
}
await normaliseConnection(parts, { workspaceId, connectionId })
await sleep(10)
await database.close()
