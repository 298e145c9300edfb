import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const rooms = ['web', 'contract', 'lib']
const single = ['vite.config.ts', 'package-lock.json', 'index.html']

/** One hash over everything that the built web app is made of; equal sources give equal stamps on every machine. */
export function webStamp(root: string): string {
  const hash = createHash('sha256')
  for (const path of webSources(root)) {
    hash
      .update(path)
      .update('\0')
      .update(readFileSync(join(root, path)))
      .update('\0')
  }
  return hash.digest('hex')
}

function webSources(root: string): readonly string[] {
  const inRooms = rooms.flatMap((room) => (existsSync(join(root, room)) ? filesBelow(root, room) : []))
  return [...inRooms, ...single.filter((path) => existsSync(join(root, path)))].sort()
}

function filesBelow(root: string, room: string): readonly string[] {
  return readdirSync(join(root, room), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(root.length + 1)
        .replaceAll('\\', '/'),
    )
    .filter((path) => !path.startsWith(`${room}/dist/`))
}
