/** Cases picked for a bulk change. `anchor` is where a range begins. */
export interface Selection {
  readonly ids: ReadonlySet<string>
  readonly anchor: string | null
}

/** The most cases that one bulk change may name (contract of `cases.bulk`). */
export const largestBulk = 200

export const emptySelection: Selection = { ids: new Set(), anchor: null }

/** Picks the case, or lets it go. */
export function toggle(selection: Selection, id: string): Selection {
  const ids = new Set(selection.ids)
  if (!ids.delete(id) && ids.size < largestBulk) ids.add(id)
  return { ids, anchor: id }
}

/** Picks everything between the anchor and `id`, in the order of the list; what was picked before stays. */
export function extendTo(selection: Selection, order: readonly string[], id: string): Selection {
  const end = order.indexOf(id)
  if (end < 0) return selection
  const start = selection.anchor === null ? end : order.indexOf(selection.anchor)
  if (start < 0) return toggle(selection, id)
  const range = order.slice(Math.min(start, end), Math.max(start, end) + 1)
  const ids = new Set([...new Set([...selection.ids, ...range])].slice(0, largestBulk))
  return { ids, anchor: selection.anchor ?? id }
}

/** Picks all that are loaded, up to what one bulk change may name. */
export function pickAll(order: readonly string[]): Selection {
  return { ids: new Set(order.slice(0, largestBulk)), anchor: order[0] ?? null }
}

/** Lets go of what is not in the list any more. */
export function keepOnly(selection: Selection, order: readonly string[]): Selection {
  const present = new Set(order)
  const kept = [...selection.ids].filter((id) => present.has(id))
  if (kept.length === selection.ids.size) return selection
  const anchor = selection.anchor !== null && present.has(selection.anchor) ? selection.anchor : null
  return { ids: new Set(kept), anchor }
}
