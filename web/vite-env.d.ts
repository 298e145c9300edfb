/// <reference types="vite/client" />

declare module 'virtual:contract' {
  import type { contract } from '../contract/index.ts'
  const small: typeof contract
  export default small
}

declare module '@fontsource-variable/inter/wght.css'
