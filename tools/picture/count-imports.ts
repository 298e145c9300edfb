import { slicesInLoopOrder } from '../rooms.ts'

interface ReadModule {
  readonly source: string
  readonly dependencies: readonly { readonly resolved: string }[]
}

export interface HouseGraph {
  /** Files in each room, tests left out. */
  readonly files: ReadonlyMap<string, number>
  /** `from>to` -> how many files of the one import how many of the other, counted as pairs. */
  readonly imports: ReadonlyMap<string, number>
}

/** Rooms are contract, lib, web, channels, root, platform and every slice by its own name. */
export function countImports(modules: readonly ReadModule[]): HouseGraph {
  const files = new Map<string, number>()
  const imports = new Map<string, number>()
  for (const module of modules) {
    const from = roomOf(module.source)
    if (from === undefined) continue
    add(files, from)
    const targets = new Set(module.dependencies.map((dependency) => dependency.resolved))
    for (const target of targets) {
      const to = roomOf(target)
      if (to !== undefined && to !== from) add(imports, `${from}>${to}`)
    }
  }
  return { files, imports }
}

const slices = new Set<string>(slicesInLoopOrder)

function roomOf(path: string): string | undefined {
  if (/\.(test|fixture)\.tsx?$/.test(path) || !/\.tsx?$/.test(path)) return undefined
  const [room, inner] = path.split('/')
  if (room === 'contract' || room === 'lib' || room === 'web' || room === 'channels') return room
  if (room !== 'server' || inner === undefined) return undefined
  if (inner === 'platform' || slices.has(inner)) return inner
  return inner.endsWith('.ts') ? 'root' : undefined
}

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}
