import type { RateBudget } from '../../channels/manifest.ts'

/** What is left of an allowance that fills up evenly, in calls; full where nothing was ever taken. */
export function budgetLeft(
  { calls, perMs }: RateBudget,
  spent: { readonly left: number | null; readonly at: Date | null },
  now: Date,
): number {
  if (spent.left === null || spent.at === null) return calls
  const filled = (Math.max(0, now.getTime() - spent.at.getTime()) * calls) / perMs
  return Math.max(0, Math.min(calls, Math.floor(spent.left + filled)))
}
