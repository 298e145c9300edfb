export {
  connectPresence,
  ensurePresences,
  findPresence,
  handleKey,
  renamePresence,
  setConnector,
  type WantedPresence,
} from './store.ts'
export { canSpeak } from './views.ts'
