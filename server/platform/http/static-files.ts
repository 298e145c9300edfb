import { readFileSync, readdirSync, statSync } from 'node:fs'
import { extname, join, relative, sep } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import type { Handler } from 'hono'

interface StaticFile {
  readonly body: Uint8Array<ArrayBuffer>
  readonly gzip: Uint8Array<ArrayBuffer> | undefined
  readonly brotli: Uint8Array<ArrayBuffer> | undefined
  readonly type: string
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.txt': 'text/plain; charset=utf-8',
}
const compressible = new Set(['.html', '.js', '.css', '.svg', '.json', '.txt'])
const publicPages = /^\/(contact|chat|c|s)\//

/** Serves the built web app out of memory; any other page address gets the shell, which finds its way itself. */
export function staticFiles(folder: string): Handler {
  const files = load(folder)
  return (c) => {
    const path = c.req.path
    const found = files.get(path)
    if (found !== undefined) return answer(found, c.req.header('accept-encoding') ?? '', cacheRule(path))
    if (extname(path) !== '') return c.text('Not found', 404)
    const page = files.get(publicPages.test(path) ? '/contact.html' : '/index.html')
    if (page === undefined)
      return c.text('The web app is not built; run npm start, or node tools/ensure-web.ts.', 503)
    return answer(page, c.req.header('accept-encoding') ?? '', 'no-cache')
  }
}

function cacheRule(path: string): string {
  return path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache'
}

function answer(file: StaticFile, accepts: string, cache: string): Response {
  const headers = new Headers({ 'Content-Type': file.type, 'Cache-Control': cache, Vary: 'Accept-Encoding' })
  if (file.brotli !== undefined && accepts.includes('br')) {
    headers.set('Content-Encoding', 'br')
    return new Response(file.brotli, { headers })
  }
  if (file.gzip !== undefined && accepts.includes('gzip')) {
    headers.set('Content-Encoding', 'gzip')
    return new Response(file.gzip, { headers })
  }
  return new Response(file.body, { headers })
}

function load(folder: string): ReadonlyMap<string, StaticFile> {
  const files = new Map<string, StaticFile>()
  for (const path of listFiles(folder)) {
    const ending = extname(path)
    const body = new Uint8Array(readFileSync(path))
    const isText = compressible.has(ending)
    files.set(`/${relative(folder, path).split(sep).join('/')}`, {
      body,
      gzip: isText ? new Uint8Array(gzipSync(body)) : undefined,
      brotli: isText
        ? new Uint8Array(brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }))
        : undefined,
      type: types[ending] ?? 'application/octet-stream',
    })
  }
  return files
}

function listFiles(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => !name.split(sep).some((part) => part.startsWith('.')))
      .map((name) => join(folder, name))
      .filter((path) => statSync(path).isFile())
  } catch {
    return []
  }
}
