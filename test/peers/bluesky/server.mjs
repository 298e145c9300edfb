// A Bluesky network in a process of its own: `pds` alone, or `network` with the service that gathers notifications and
// threads. One line of JSON says where it listens. It ends when its input ends.
import { TestNetwork, TestNetworkNoAppView } from '@atproto/dev-env'

const isWhole = process.argv[2] === 'network'
const network = isWhole ? await TestNetwork.create({}) : await TestNetworkNoAppView.create({})
const { pds, plc } = network
const appView = isWhole ? network.bsky.url : null
process.stdout.write(`${JSON.stringify({ pds: pds.url, plc: plc.url, appView })}\n`)
process.stdin.on('data', () => {})
process.stdin.on('end', () => {
  // Whatever hangs, the test that started it is over.
  setTimeout(() => process.exit(0), 5_000).unref()
  void network.close().finally(() => process.exit(0))
})
