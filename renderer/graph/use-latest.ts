import { useLayoutEffect, useRef, type RefObject } from 'react'

/** The value of the last drawing, for handlers that outlive it. Never read while drawing. */
export function useLatest<Value>(value: Value): RefObject<Value> {
  const latest = useRef(value)
  useLayoutEffect(() => {
    latest.current = value
  })
  return latest
}
