type Running<Results extends readonly unknown[]> = {
  readonly [Index in keyof Results]: Promise<Results[Index]>
}

/**
 * Waits for statements of one transaction that need nothing of each other: while PostgreSQL is at one, the next is made
 * ready. Where one fails all are waited for, so that none runs when the transaction is over; what failed first is thrown.
 */
export async function together<Results extends readonly unknown[]>(
  running: Running<Results>,
): Promise<Results> {
  const failures: unknown[] = []
  const note = (error: unknown): void => void failures.push(error)
  await Promise.all(running.map((one) => one.catch(note)))
  if (failures.length > 0) throw failures[0]
  return Promise.all(running)
}
