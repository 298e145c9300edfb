export { vouches } from './commands.ts'
export { collectRoutes } from './routes-collect.ts'
