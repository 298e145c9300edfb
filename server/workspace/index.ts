export { record, verifyChain, type Audited } from './audit/commands.ts'
export {
  createWorkspaceByName,
  findWorkspaceByName,
  makeWorkspace,
  type WorkspaceHooks,
  type WorkspaceMade,
} from './commands.ts'
export { makeScopeFor } from './members/commands.ts'
export { activeMembersOfFunction, allMembers, memberById, memberNames } from './members/store.ts'
export { functionKeys, workspaceSettings, type WorkspaceSettings } from './settings/commands.ts'
export { firstStartLink } from './setup/commands.ts'
export { openSource, type SourceOpened } from './sources/commands.ts'
export { takeCaseNumbers } from './store.ts'
