export interface OwnWebPlace {
  readonly page: 'contact' | 'conversation' | 'survey'
  /** Workspace of a form, else the private token. */
  readonly key: string
}

const pages = { contact: 'contact', c: 'conversation', s: 'survey' } as const

/** What a public address names: `/contact/{workspace}`, `/c/{token}`, `/s/{token}`. */
export function readPlace(path: string): OwnWebPlace | undefined {
  const match = /^\/(contact|c|s)\/([^/]+)\/?$/.exec(path)
  const key = match?.[2]
  if (key === undefined) return undefined
  const page =
    match?.[1] === 'contact' || match?.[1] === 'c' || match?.[1] === 's' ? pages[match[1]] : undefined
  return page === undefined ? undefined : { page, key: decode(key) }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
