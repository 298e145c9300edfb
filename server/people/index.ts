export { recognise } from './commands-recognise.ts'
