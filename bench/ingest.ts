// Accepted over HTTP with the commit before the acknowledgement, the generator in another process on the same cores:
// once with the whole program, whose loop takes up what came in at the same time, and once accepting alone.
import { millionEngagements } from '../server/sample/million.ts'
import { openAccount, startServerProcess } from '../test/server-process.ts'
import { ownerUrlOf, withFreshFolder } from './bench-folder.ts'
import { runAlone, type Figure } from './figures.ts'
import { loadFigures, measureLoad, warmUp, type Loaded } from './measure-load.ts'
import { rawInsert } from './raw-insert.ts'

export interface IngestOptions {
  /** Of each load. Default 10. */
  readonly seconds?: number
}

const referenceRows = 20_000
const single = { rate: 1_020, batch: 1 }
const many = { rate: 51, batch: 100 }
const wants = { single: { perSecond: 1_000, p99Ms: 50 }, many: { perSecond: 5_000 } }

export async function benchIngest({ seconds = 10 }: IngestOptions = {}): Promise<readonly Figure[]> {
  return withFreshFolder('ingest', async (folder) => {
    const whole = await withServer(folder, 'all', seconds, 1)
    // The same data, the worker away: what accepting costs by itself.
    const alone = await withServer(folder, 'web', seconds, 3)
    const { reference } = whole
    const cpuPerThousand = 0.5
    return [
      ...loadFigures('accepted alone, one a request', alone.single, { ...wants.single, cpuPerThousand }),
      ...loadFigures('accepted alone, 100 a request', alone.many, {
        ...wants.many,
        cpuPerThousand,
        reference,
      }),
      ...loadFigures('accepted with the loop behind it, one a request', whole.single, wants.single),
      ...loadFigures('accepted with the loop behind it, 100 a request', whole.many, {
        ...wants.many,
        reference,
      }),
    ]
  })
}

interface Both {
  readonly single: Loaded
  readonly many: Loaded
  readonly reference: { readonly name: string; readonly value: number }
}

async function withServer(folder: string, role: 'all' | 'web', seconds: number, seed: number): Promise<Both> {
  const server = await startServerProcess({ HORSESHOE_DATA: folder, HORSESHOE_ROLE: role })
  try {
    const { key } = await openAccount(server, 'Bench')
    const rows = millionEngagements({ seed: 9, count: referenceRows, now: Date.now() })
    const { perSecond } = await rawInsert(await ownerUrlOf(folder), rows)
    const load = { sender: { by: 'key', key }, seconds } as const
    await warmUp({ server, folder }, load.sender)
    return {
      single: await measureLoad({ server, folder }, { ...load, ...single, seed }),
      many: await measureLoad({ server, folder }, { ...load, ...many, seed: seed + 1 }),
      reference: { name: 'raw INSERT, 100 a statement, rows/s', value: perSecond },
    }
  } finally {
    await server.stop()
  }
}

await runAlone(import.meta.url, () => benchIngest({ seconds: Number(process.env['SECONDS'] ?? 10) }))
