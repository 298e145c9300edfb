import { audit } from './audit.ts'
import { cases } from './cases.ts'
import { sites } from './actions.ts'
import { connections } from './connections.ts'
import { decisions } from './decisions.ts'
import { engagements, imports } from './engagements.ts'
import { ownWeb } from './own-web.ts'
import { people } from './people.ts'
import { presences } from './presences.ts'
import { find, notifications } from './notices.ts'
import { replies } from './replies.ts'
import { overview, reports } from './reports.ts'
import { invitations, keys, members, setup, sources, workspace } from './workspace.ts'

/** Everything that the web page, the command line and other programs may ask. */
export const contract = {
  setup,
  workspace,
  members,
  invitations,
  audit,
  keys,
  sources,
  sites,
  presences,
  connections,
  engagements,
  imports,
  people,
  decisions,
  cases,
  replies,
  notifications,
  find,
  reports,
  overview,
  ownWeb,
}
