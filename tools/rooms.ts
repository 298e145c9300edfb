// The rooms of the house and the order of the loop. Walls, purity, house lint and the picture read this list.

export const slicesInLoopOrder = [
  'workspace',
  'presences',
  'engagements',
  'connections',
  'people',
  'readings',
  'decisions',
  'cases',
  'replies',
  'outcomes',
  'actions',
  'listening',
  'journeys',
  'strategy',
  'publishing',
  'stories',
  'team',
  'reports',
] as const

export const codeRooms = [
  'contract',
  'lib',
  'server',
  'channels',
  'web',
  'models',
  'test',
  'bench',
  'tools',
] as const

/**
 * Files of a slice that are neither a door nor pure, each with the reason. Keep it short: a file
 * belongs here only while no split into a pure part and a door is better.
 */
export const neitherDoorNorPure: Readonly<Record<string, string>> = {
  'server/engagements/ingest.ts':
    'the door of ingest: gathers what arrives into one commit, then acknowledges',
  'server/readings/read-text.ts':
    'the door to the reader: reads the shipped weights from disk; all it calls is pure',
}

export function isTest(path: string): boolean {
  return /\.test\.tsx?$/.test(path) || path.startsWith('test/')
}

/** The slice that a path belongs to, or undefined outside the slices. */
export function sliceOf(path: string): string | undefined {
  const name = /^server\/([^/]+)\//.exec(path)?.[1]
  return name !== undefined && name !== 'platform' ? name : undefined
}

/** The six doors of a slice; one that outgrows a file is split into files that begin with its name: store-passing.ts. */
export type Door = 'index' | 'routes' | 'commands' | 'store' | 'views' | 'jobs'

/** As a regular expression over the end of a path; `index` is never split. */
export function doorPattern(...doors: readonly Door[]): string {
  return `/(${doors.map((door) => (door === 'index' ? door : `${door}|${door}-[a-z0-9-]+`)).join('|')})[.]ts$`
}

const anyDoor = new RegExp(doorPattern('index', 'routes', 'commands', 'store', 'views', 'jobs'))

export function isDoor(path: string, ...doors: readonly Door[]): boolean {
  return (
    sliceOf(path) !== undefined &&
    (doors.length === 0 ? anyDoor : new RegExp(doorPattern(...doors))).test(path)
  )
}

/** Pure by rule: contract, lib, and every file of a slice that is not one of its six doors. */
export function isPure(path: string): boolean {
  if (!/\.tsx?$/.test(path) || isTest(path) || path in neitherDoorNorPure) return false
  if (path.startsWith('contract/') || path.startsWith('lib/')) return true
  if (sliceOf(path) === undefined) return false
  return !isDoor(path)
}
