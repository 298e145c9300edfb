export { addFirstTree, functionsOfTree } from './commands.ts'
export { decideBatch } from './commands-decide.ts'
export { defaultTree } from './default-tree.ts'
export { addDecisions, addTree, type NewDecision } from './store.ts'
