// A worker of its own, to be killed: sends what waits in one thread and ends.
// node send-thread.ts <app url> <owner url> <smtp url> <workspace> <thread>
import { tmpdir } from 'node:os'
import { channelsOf, smtpHosts } from '../../server/channels.ts'
import { systemClock } from '../../server/platform/clock.ts'
import { openDatabase } from '../../server/platform/db/database.ts'
import { openEgress } from '../../server/platform/egress/egress.ts'
import { openFiles } from '../../server/platform/files/files.ts'
import { openLog } from '../../server/platform/log.ts'
import { openSecrets } from '../../server/platform/secrets/sealed.ts'
import { sendThread } from '../../server/replies/commands-outbox.ts'

const [appUrl = '', ownerUrl = '', url = '', workspaceId = '', threadId = ''] = process.argv.slice(2)
const database = openDatabase({ appUrl, ownerUrl, onError: () => undefined })
const smtp = { url, from: 'care@acme.example' }
const platform = {
  database,
  clock: systemClock,
  files: openFiles(tmpdir()),
  log: openLog('silent'),
  secrets: openSecrets(Buffer.alloc(32, 3)),
  publicUrl: 'http://localhost',
}
const egress = openEgress({ trusted: smtpHosts(smtp) })
const channels = channelsOf({ ...platform, smtp, egress })
await sendThread({ platform, channels, chance: () => 0.5 }, { workspaceId, threadId })
await database.close()
