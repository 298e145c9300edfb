import { guarded, open, signedIn } from '../platform/http/implement.ts'
import type { Platform } from '../platform/platform.ts'
import { listAudit, verifyChain } from './audit/commands.ts'
import { createWorkspace, loadSample, readMe, type WorkspaceHooks } from './commands.ts'
import {
  acceptInvitation,
  invite,
  listInvitations,
  lookInvitation,
  revokeInvitation,
} from './invitations/commands.ts'
import { createKey, listKeys, revokeKey } from './keys/commands.ts'
import { listMembers, setAvailability, updateMember } from './members/commands.ts'
import { getWorkspace, updateWorkspace } from './settings/commands.ts'
import { createOwner, readSetupState } from './setup/commands.ts'
import { createSource, deleteSource, listSources, rotateSource } from './sources/commands.ts'

export function setupRoutes(platform: Platform, hooks: WorkspaceHooks) {
  return {
    state: open.setup.state.handler(() => readSetupState(platform)),
    createOwner: open.setup.createOwner.handler(({ input }) => createOwner(platform, hooks, input)),
  }
}

export function workspaceRoutes(platform: Platform, hooks: WorkspaceHooks) {
  return {
    me: signedIn.workspace.me.handler(({ context }) => readMe(platform, context.user)),
    create: signedIn.workspace.create.handler(({ context, input }) =>
      createWorkspace(platform, hooks, context.user, input),
    ),
    get: guarded.workspace.get.handler(({ context }) => getWorkspace(platform, context.scope)),
    update: guarded.workspace.update.handler(({ context, input }) =>
      updateWorkspace(platform, hooks, context.scope, input),
    ),
    loadSample: guarded.workspace.loadSample.handler(({ context }) =>
      loadSample(platform, hooks, context.scope),
    ),
  }
}

export function memberRoutes(platform: Platform) {
  return {
    list: guarded.members.list.handler(({ context }) => listMembers(platform, context.scope)),
    update: guarded.members.update.handler(({ context, input }) =>
      updateMember(platform, context.principal, input),
    ),
    setAvailability: guarded.members.setAvailability.handler(({ context, input }) =>
      setAvailability(platform, context.principal, input),
    ),
  }
}

export function invitationRoutes(platform: Platform) {
  return {
    list: guarded.invitations.list.handler(({ context }) => listInvitations(platform, context.scope)),
    create: guarded.invitations.create.handler(({ context, input }) =>
      invite(platform, context.principal, input),
    ),
    revoke: guarded.invitations.revoke.handler(({ context, input }) =>
      revokeInvitation(platform, context.principal, input.id),
    ),
    look: open.invitations.look.handler(({ input }) => lookInvitation(platform, input.token)),
    accept: open.invitations.accept.handler(({ context, input }) =>
      acceptInvitation(platform, context.headers, input),
    ),
  }
}

export function auditRoutes(platform: Platform) {
  return {
    list: guarded.audit.list.handler(({ context, input }) => listAudit(platform, context.scope, input)),
    verify: guarded.audit.verify.handler(({ context }) => verifyChain(platform, context.scope)),
  }
}

export function keyRoutes(platform: Platform) {
  return {
    list: guarded.keys.list.handler(({ context }) => listKeys(platform, context.scope)),
    create: guarded.keys.create.handler(({ context, input }) =>
      createKey(platform, context.principal, input),
    ),
    revoke: guarded.keys.revoke.handler(({ context, input }) => revokeKey(platform, context.scope, input.id)),
  }
}

export function sourceRoutes(platform: Platform) {
  return {
    list: guarded.sources.list.handler(({ context }) => listSources(platform, context.scope)),
    create: guarded.sources.create.handler(({ context, input }) =>
      createSource(platform, context.scope, input.name),
    ),
    rotate: guarded.sources.rotate.handler(({ context, input }) =>
      rotateSource(platform, context.scope, input.id),
    ),
    remove: guarded.sources.remove.handler(({ context, input }) =>
      deleteSource(platform, context.scope, input.id),
    ),
  }
}
