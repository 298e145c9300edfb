/** A member who can be named in a note. */
export interface Mentionable {
  readonly id: string
  readonly name: string
}

export interface MentionQuery {
  /** Where the `@` stands. */
  readonly start: number
  readonly query: string
}

/** The name being typed at the caret, if it follows an `@` at the start of a word. */
export function mentionAt(text: string, caret: number): MentionQuery | null {
  const before = text.slice(0, caret)
  const match = /(?:^|[\s(])@([\p{L}\p{N}.'-]*(?: [\p{L}\p{N}.'-]*)?)$/u.exec(before)
  if (match === null) return null
  const query = match[1] ?? ''
  return { start: caret - query.length - 1, query }
}

/** Members whose name, or a part of it, begins with what was typed; at most `limit`. */
export function matchMembers(members: readonly Mentionable[], query: string, limit = 6): Mentionable[] {
  const wanted = query.trim().toLowerCase()
  if (wanted === '') return members.slice(0, limit)
  return members
    .filter(({ name }) => {
      const lower = name.toLowerCase()
      return lower.startsWith(wanted) || lower.split(' ').some((part) => part.startsWith(wanted))
    })
    .slice(0, limit)
}

/** Puts the full name in place of what was typed; answers the text and where the caret goes. */
export function insertMention(text: string, at: MentionQuery, name: string): { text: string; caret: number } {
  const end = at.start + 1 + at.query.length
  const inserted = `@${name} `
  const rest = text.slice(end).replace(/^ /, '')
  return { text: text.slice(0, at.start) + inserted + rest, caret: at.start + inserted.length }
}

/** Ids of the members whose full names stand in the text after an `@`; the longest name wins. */
export function mentionedIds(text: string, members: readonly Mentionable[]): string[] {
  const ids: string[] = []
  let rest = text.toLowerCase()
  for (const member of members.toSorted((a, b) => b.name.length - a.name.length)) {
    const needle = `@${member.name.toLowerCase()}`
    if (!rest.includes(needle)) continue
    ids.push(member.id)
    rest = rest.replaceAll(needle, ' ')
  }
  return ids
}
