export { responseReport } from './commands.ts'
