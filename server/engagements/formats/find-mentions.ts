const MENTION = /(?<![\w@./])@(\w{1,64})/g
const MOST = 100

/** Handles that a text addresses as @handle, without @, each once, in order. */
export function findMentions(text: string): string[] {
  if (!text.includes('@')) return []
  const found = new Set<string>()
  for (const match of text.matchAll(MENTION)) {
    if (match[1]) found.add(match[1])
    if (found.size === MOST) break
  }
  return [...found]
}
