export { addFirstTree, functionsOfTree } from './commands.ts'
export { decideBatch } from './commands-decide.ts'
export { addDecisions, type NewDecision } from './store.ts'
