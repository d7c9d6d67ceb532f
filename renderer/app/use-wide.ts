import { useSyncExternalStore } from 'react'

/** From here on text and inspector stand side by side, with a canvas of half the window beside them. */
const wide = window.matchMedia('(min-width: 1900px)')

export function useWide(): boolean {
  return useSyncExternalStore(
    changed => {
      wide.addEventListener('change', changed)
      return () => wide.removeEventListener('change', changed)
    },
    () => wide.matches,
  )
}
