import { useEffect, useState } from 'react'
import { formatDuration } from '../ui/quantities.ts'

/** Counts up from a moment of the monotonic clock. Ticks by itself, so that nothing around it has to. */
export function Elapsed({ since }: { readonly since: number }) {
  const [now, setNow] = useState(() => performance.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(performance.now()), 100)
    return () => clearInterval(timer)
  }, [])
  return <>{formatDuration(now - since)}</>
}
