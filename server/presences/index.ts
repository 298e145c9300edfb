export { connectPresence, ensurePresences, handleKey, presenceIds, type WantedPresence } from './store.ts'
