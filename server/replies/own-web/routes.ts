import { open } from '../../platform/http/implement.ts'
import { readConversation, readForm, startConversation, writeMessage, type OwnWebParts } from './commands.ts'

/** What somebody outside may do on our own pages; the survey's part stands with the outcomes. */
export function ownWebRoutes(parts: OwnWebParts) {
  const { platform } = parts
  return {
    form: open.ownWeb.form.handler(({ input }) => readForm(platform, input.workspace)),
    start: open.ownWeb.start.handler(({ input, context }) =>
      startConversation(parts, input, context.address),
    ),
    read: open.ownWeb.read.handler(({ input }) => readConversation(platform, input.token)),
    write: open.ownWeb.write.handler(({ input }) => writeMessage(platform, input)),
  }
}
