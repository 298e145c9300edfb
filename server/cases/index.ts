export { dueTime } from './due-time.ts'
export { openCases } from './open-cases.ts'
export { refreshCases, refreshTouchedCases } from './refresh-cases.ts'
export { addCaseEvents, addHops, lockCases, priorities, priorityRank, setStates } from './store.ts'
