import { isContractProcedure } from '@orpc/contract'
import react from '@vitejs/plugin-react'
import { fileURLToPath } from 'node:url'
import { defineConfig, type Plugin } from 'vite'
import { contract } from './contract/index.ts'

const contractModule = 'virtual:contract'

/** Paths and methods alone: no schema, no summary, nothing that the browser does not need to call. */
function pathsOnly(router: unknown): unknown {
  if (typeof router !== 'object' || router === null) return router
  if (isContractProcedure(router)) {
    const { method, path } = router['~orpc'].route
    return { '~orpc': { meta: {}, errorMap: {}, route: { method, path } } }
  }
  return Object.fromEntries(Object.entries(router).map(([name, part]) => [name, pathsOnly(part)]))
}

/** Gives the browser the contract without its schemas, so that no schema library is loaded. */
function smallContract(): Plugin {
  const id = `\0${contractModule}`
  return {
    name: 'small-contract',
    resolveId: (source) => (source === contractModule ? id : undefined),
    load: (loaded) => (loaded === id ? `export default ${JSON.stringify(pathsOnly(contract))}` : undefined),
  }
}

/** The small entry for people outside answers these paths while developing; the server does so in production. */
function outsidePages(): Plugin {
  return {
    name: 'outside-pages',
    configureServer(server) {
      server.middlewares.use((request, _response, next) => {
        if (/^\/(contact|chat|c|s)\/[^/.]+/.test(request.url ?? '')) request.url = '/contact.html'
        next()
      })
    },
  }
}

export default defineConfig({
  root: fileURLToPath(new URL('web', import.meta.url)),
  plugins: [react(), smallContract(), outsidePages()],
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    manifest: true,
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 900,
    rolldownOptions: {
      input: {
        index: fileURLToPath(new URL('web/index.html', import.meta.url)),
        contact: fileURLToPath(new URL('web/contact.html', import.meta.url)),
      },
    },
  },
  server: { port: 5173, proxy: { '/api': { target: 'http://localhost:4747', changeOrigin: false } } },
})
