// What the browser loads before the desk can be used: the JavaScript of the page and of the desk, gzip.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

interface Chunk {
  readonly file: string
  readonly imports?: readonly string[]
}
type Manifest = Readonly<Record<string, Chunk>>

export interface BundleSize {
  /** Bytes of JavaScript, gzip at the level of the server. */
  readonly gzipBytes: number
  /** The same with what an open case loads beside it. */
  readonly withCaseGzipBytes: number
  readonly files: readonly { readonly file: string; readonly gzipBytes: number }[]
}

const built = fileURLToPath(new URL('../dist/web', import.meta.url))
const deskEntries = ['index.html', 'features/cases/desk-page.tsx']
const caseEntries = ['features/cases/thread/case-pane.tsx', 'features/cases/aside/case-aside.tsx']

/** The first load of `/w/x/desk` in the built web app. Throws where it is not built. */
export function benchBundle(folder: string = built): BundleSize {
  const path = join(folder, '.vite', 'manifest.json')
  if (!existsSync(path)) throw new Error('The web app is not built; run npm run build first.')
  const manifest = JSON.parse(readFileSync(path, 'utf8')) as Manifest
  const measure = (entries: readonly string[]) =>
    [...filesOf(manifest, entries)].map((file) => ({
      file,
      gzipBytes: gzipSync(readFileSync(join(folder, file))).length,
    }))
  const files = measure(deskEntries)
  const withCase = measure([...deskEntries, ...caseEntries])
  return { gzipBytes: sum(files), withCaseGzipBytes: sum(withCase), files }
}

function sum(files: BundleSize['files']): number {
  return files.reduce((total, one) => total + one.gzipBytes, 0)
}

/** The scripts of some entries and everything that they import at once. */
function filesOf(manifest: Manifest, entries: readonly string[]): ReadonlySet<string> {
  const files = new Set<string>()
  const open = [...entries]
  for (let key = open.pop(); key !== undefined; key = open.pop()) {
    const chunk = manifest[key]
    if (chunk === undefined) throw new Error(`The built web app has no ${key}.`)
    if (files.has(chunk.file)) continue
    files.add(chunk.file)
    open.push(...(chunk.imports ?? []))
  }
  return files
}
