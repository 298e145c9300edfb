let current: string | undefined

/** Slug of the workspace that requests speak for; undefined outside of one. */
export function currentWorkspace(): string | undefined {
  return current
}

/** Says which workspace is entered; true where it is another than before. */
export function enterWorkspace(slug: string): boolean {
  const isOther = current !== undefined && current !== slug
  current = slug
  try {
    localStorage.setItem('horseshoe-workspace', slug)
  } catch {
    // Without storage the next visit starts in the first workspace.
  }
  return isOther
}

/** The workspace of the last visit, for the start page. */
export function lastWorkspace(): string | undefined {
  try {
    return localStorage.getItem('horseshoe-workspace') ?? undefined
  } catch {
    return undefined
  }
}
