import { type RefObject, useLayoutEffect, useRef } from 'react'

/** The newest value, for handlers that are set up once. */
export function useLatest<Value>(value: Value): Readonly<RefObject<Value>> {
  const latest = useRef(value)
  useLayoutEffect(() => {
    latest.current = value
  })
  return latest
}
