/** Finds the first of some names that is ours, in our own spelling; letter case and a leading @ do not count. */
export type FindOurs = (names: readonly (string | undefined)[]) => string | undefined

export function createFindOurs(ownHandles: readonly string[] | undefined): FindOurs {
  const ours = new Map((ownHandles ?? []).map((handle) => [normal(handle), handle.replace(/^@/, '')]))
  if (ours.size === 0) return () => undefined
  return (names) => {
    for (const name of names) {
      const found = name === undefined ? undefined : ours.get(normal(name))
      if (found !== undefined) return found
    }
    return undefined
  }
}

function normal(name: string): string {
  return name.trim().replace(/^@/, '').toLowerCase()
}
