export { refreshTurns, refreshTurnsOfThreads, type TouchedThreads } from './commands-turns.ts'
