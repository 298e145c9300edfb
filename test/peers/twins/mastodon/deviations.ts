import type { Deviation } from '../contract.ts'

/** Where Mastodon is known to differ from the words of masto. */
export const deviations: readonly Deviation[] = []
