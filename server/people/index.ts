export { forgetGone } from './commands-gone.ts'
export { recognise } from './commands-recognise.ts'
