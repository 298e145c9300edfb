export { record, verifyChain, type Audited } from './audit/commands.ts'
export {
  createWorkspaceByName,
  findWorkspaceByName,
  functionKeys,
  makeWorkspace,
  workspaceSettings,
  type WorkspaceHooks,
  type WorkspaceMade,
  type WorkspaceSettings,
} from './commands.ts'
export { makeScopeFor } from './members/commands.ts'
export { activeMembersOfFunction, allMembers, memberById, memberNames } from './members/store.ts'
export { firstStartLink } from './setup/commands.ts'
export { openSource, type SourceOpened } from './sources/commands.ts'
