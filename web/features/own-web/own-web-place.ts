export interface OwnWebPlace {
  readonly page: 'contact' | 'chat' | 'conversation' | 'survey'
  /** Workspace of a form or chat, else the private token. */
  readonly key: string
}

const pages = new Map([
  ['contact', 'contact'],
  ['chat', 'chat'],
  ['c', 'conversation'],
  ['s', 'survey'],
] as const)

/** What a public address names: `/contact/{workspace}`, `/chat/{workspace}`, `/c/{token}`, `/s/{token}`. */
export function readPlace(path: string): OwnWebPlace | undefined {
  const [, name, key, more] = path.replace(/\/$/, '').split('/')
  const page = [...pages].find(([known]) => known === name)?.[1]
  return page === undefined || key === undefined || key === '' || more !== undefined
    ? undefined
    : { page, key: decode(key) }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
