// A loop of machines shows as one sender who writes too often. Its mails are kept, and count as automatic.

const windowMs = 10 * 60_000
const mostInWindow = 30

/** Says of each mail, in the order they arrive, whether its sender wrote more than a person would lately. */
export function createSenderRate(): (from: string, at: number) => boolean {
  const times = new Map<string, number[]>()
  return (from, at) => {
    if (from === '') return false
    const recent = (times.get(from) ?? []).filter((time) => time > at - windowMs)
    recent.push(at)
    times.delete(from)
    times.set(from, recent.slice(-mostInWindow - 1))
    const oldest = times.size > 5_000 ? times.keys().next().value : undefined
    if (oldest !== undefined) times.delete(oldest)
    return recent.length > mostInWindow
  }
}
