import { open } from '../../platform/http/implement.ts'
import type { Platform } from '../../platform/platform.ts'
import { readConversation, readForm, startConversation, writeMessage } from './commands.ts'

/** What somebody outside may do on our own pages; the survey's part stands with the outcomes. */
export function ownWebRoutes(platform: Platform) {
  return {
    form: open.ownWeb.form.handler(({ input }) => readForm(platform, input.workspace)),
    start: open.ownWeb.start.handler(({ input, context }) =>
      startConversation(platform, input, context.address),
    ),
    read: open.ownWeb.read.handler(({ input }) => readConversation(platform, input.token)),
    write: open.ownWeb.write.handler(({ input }) => writeMessage(platform, input)),
  }
}
