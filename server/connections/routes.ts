import { guarded } from '../platform/http/implement.ts'
import {
  changeSettings,
  connect,
  disconnect,
  getConnection,
  handOver,
  listChannels,
  listConnections,
  setPaused,
  showHook,
  testConnection,
} from './commands.ts'
import { startBackfill, stopBackfill } from './commands-backfill.ts'
import { dropQuarantined, listQuarantine, replayQuarantine } from './commands-quarantine.ts'
import type { ConnectionParts } from './connection.ts'

export function connectionRoutes(parts: ConnectionParts) {
  const { connections } = guarded
  return {
    listChannels: connections.listChannels.handler(() => listChannels(parts)),
    list: connections.list.handler(({ context }) => listConnections(parts, context.scope)),
    get: connections.get.handler(({ context, input }) => getConnection(parts, context.scope, input.id)),
    connect: connections.connect.handler(({ context, input }) => connect(parts, context.scope, input)),
    change: connections.change.handler(({ context, input }) => changeSettings(parts, context.scope, input)),
    test: connections.test.handler(({ context, input }) => testConnection(parts, context.scope, input.id)),
    pause: connections.pause.handler(({ context, input }) => setPaused(parts, context.scope, input.id, true)),
    resume: connections.resume.handler(({ context, input }) =>
      setPaused(parts, context.scope, input.id, false),
    ),
    disconnect: connections.disconnect.handler(({ context, input }) =>
      disconnect(parts, context.scope, input.id),
    ),
    handOver: connections.handOver.handler(({ context, input }) => handOver(parts, context.scope, input)),
    hook: connections.hook.handler(({ context, input }) => showHook(parts, context.scope, input.id)),
    startBackfill: connections.startBackfill.handler(({ context, input }) =>
      startBackfill(parts, context.scope, input.id),
    ),
    stopBackfill: connections.stopBackfill.handler(({ context, input }) =>
      stopBackfill(parts, context.scope, input.id),
    ),
    quarantine: connections.quarantine.handler(({ context, input }) =>
      listQuarantine(parts, context.scope, input),
    ),
    replay: connections.replay.handler(({ context, input }) => replayQuarantine(parts, context.scope, input)),
    drop: connections.drop.handler(({ context, input }) => dropQuarantined(parts, context.scope, input)),
  }
}
