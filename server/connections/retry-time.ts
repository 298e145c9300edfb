/** Tries of a raw event before it is set aside. */
export const mostTries = 5

/** How long a raw event that failed waits, ms: one second, then four times as long each time, spread by a quarter. */
export function retryAfterMs(tries: number, chance: number): number {
  return Math.round(1_000 * 4 ** Math.max(0, tries - 1) * (1 + chance / 4))
}
