import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, posix } from 'node:path'
import type { IViolation } from 'dependency-cruiser'
import { codeRooms } from '../rooms.ts'
import { root } from '../source-files.ts'
import { cruiseHouse } from './cruise-house.ts'
import { type Wall, walls } from './rules.ts'

/**
 * Builds a model house on disk in which every wall is breached and walks through it. Returns a sentence
 * for each breach that was not seen.
 */
export async function missedBreaches(): Promise<readonly string[]> {
  const house = mkdtempSync(join(tmpdir(), 'horseshoe-walls-'))
  try {
    buildHouse(house)
    const { summary } = await cruiseHouse(house, codeRooms)
    return walls.flatMap((wall) =>
      wall.planted
        .filter((breach) => !summary.violations.some((violation) => isOf(violation, wall, breach)))
        .map((breach) => `${wall.rule.name}: ${breach.from} importing ${breach.imports} was not caught`),
    )
  } finally {
    rmSync(house, { recursive: true, force: true })
  }
}

/** A circle is reported once, from whichever of its modules comes first. */
function isOf(violation: IViolation, wall: Wall, breach: Wall['planted'][number]): boolean {
  if (violation.rule.name !== wall.rule.name) return false
  const from = breachPath(wall, breach.from)
  if (violation.cycle?.some((step) => step.name === from) === true) return true
  return violation.from === from && violation.to.includes(breach.imports)
}

function buildHouse(house: string): void {
  symlinkSync(join(root, 'node_modules'), join(house, 'node_modules'), 'junction')
  symlinkSync(join(root, 'package.json'), join(house, 'package.json'), 'file')
  for (const room of codeRooms) write(house, `${room}/word.ts`, [])
  const imports = new Map([['server/cases/index.ts', new Set(['server/cases/circle.ts'])]])
  for (const wall of walls) {
    for (const { from, imports: to } of wall.planted) {
      if (isOurs(to)) imports.set(to, imports.get(to) ?? new Set())
      const path = breachPath(wall, from)
      imports.set(path, (imports.get(path) ?? new Set()).add(to))
    }
  }
  for (const [path, targets] of imports) write(house, path, [...targets])
}

/** Breaches of different walls are kept in files of their own, where the name of the file is free. */
function breachPath(wall: Wall, from: string): string {
  return from.replace(/breach\.ts$/, `breach-${wall.rule.name}.ts`)
}

function isOurs(target: string): boolean {
  return target.includes('/') && !target.startsWith('.') && !target.startsWith('@')
}

function write(house: string, path: string, imports: readonly string[]): void {
  const lines = imports.map((target, index) => {
    const name = isOurs(target) ? relative(path, target) : target
    return `import * as a${index} from '${name}'\nconsole.log(a${index})`
  })
  mkdirSync(join(house, dirname(path)), { recursive: true })
  writeFileSync(join(house, path), [...lines, 'export const word = 1', ''].join('\n'))
}

function relative(from: string, to: string): string {
  const path = posix.relative(posix.dirname(from), to)
  return path.startsWith('.') ? path : `./${path}`
}
