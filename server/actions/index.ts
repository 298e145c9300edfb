export { collectRoutes } from './routes-collect.ts'
