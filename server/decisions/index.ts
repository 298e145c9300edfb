export { addFirstTree, functionsOfTree } from './commands.ts'
export { decideBatch } from './decide-batch.ts'
export { defaultTree } from './default-tree.ts'
export { addDecisions, addTree, type NewDecision } from './store.ts'
