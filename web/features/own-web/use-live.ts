import { useEffect } from 'react'

const lookEvery = 30_000

/**
 * Looks again whenever the server says that the page would look different, and where it cannot be listened to, now and
 * then while the page is seen.
 */
export function useLive(token: string | undefined, look: () => Promise<void>): void {
  useEffect(() => {
    if (token === undefined) return
    const source = new EventSource(`/api/v1/public/conversations/${encodeURIComponent(token)}/live`)
    const handleChange = (): void => void look()
    // After a cut of the line anything may have happened.
    source.addEventListener('hello', handleChange)
    source.addEventListener('changed', handleChange)
    const handleSeen = (): void => {
      if (document.visibilityState === 'visible' && source.readyState !== EventSource.OPEN) void look()
    }
    const timer = setInterval(handleSeen, lookEvery)
    document.addEventListener('visibilitychange', handleSeen)
    return () => {
      source.close()
      clearInterval(timer)
      document.removeEventListener('visibilitychange', handleSeen)
    }
  }, [token, look])
}
