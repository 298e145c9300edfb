export { connectPresence, ensurePresences, handleKey, type WantedPresence } from './store.ts'
