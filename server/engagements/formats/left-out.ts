import type { FormatItem, Notice } from './format.ts'
import { isRefused } from './format.ts'

/** No reason for a person begins so. */
const MARK = '\0'

/** For a record that is sound and means nothing to us: it is no refusal, and the report says how many there were. */
export function leftOut(message: string): { readonly reason: string } {
  return { reason: MARK + message }
}

/** Takes such records out, and says so beside the item before or after them. */
export async function* gatherLeftOut(items: AsyncIterable<FormatItem>): AsyncGenerator<FormatItem> {
  let held: FormatItem | undefined
  const counts = new Map<string, number>()
  for await (const item of items) {
    const message = isRefused(item) && item.reason.startsWith(MARK) ? item.reason.slice(1) : undefined
    if (message === undefined) {
      if (held) yield told(held, counts)
      held = item
    } else counts.set(message, (counts.get(message) ?? 0) + 1)
    if (isRefused(item) && item.notices && message !== undefined) {
      for (const notice of item.notices)
        counts.set(notice.message, (counts.get(notice.message) ?? 0) + notice.count)
    }
  }
  if (held) yield told(held, counts)
}

function told(item: FormatItem, counts: Map<string, number>): FormatItem {
  if (counts.size === 0) return item
  const notices: Notice[] = [...counts].map(([message, count]) => ({ message, count }))
  counts.clear()
  return { ...item, notices: [...(item.notices ?? []), ...notices] }
}
