import { useCallback, useEffect, useState } from 'react'

export interface Loaded<Value> {
  readonly value: Value | undefined
  readonly error: unknown
  readonly reload: () => Promise<void>
}

/** Loads once, and again on demand; a failed reload keeps what is shown. */
export function useLoaded<Value>(load: () => Promise<Value>): Loaded<Value> {
  const [state, setState] = useState<{ value?: Value; error?: unknown }>({})
  const reload = useCallback(async () => {
    try {
      const value = await load()
      setState({ value })
    } catch (error) {
      setState((before) => ({ ...before, error }))
    }
  }, [load])
  useEffect(() => {
    let isHere = true
    load().then(
      (value) => isHere && setState({ value }),
      (error: unknown) => isHere && setState({ error }),
    )
    return () => {
      isHere = false
    }
  }, [load])
  return { value: state.value, error: state.error, reload }
}
