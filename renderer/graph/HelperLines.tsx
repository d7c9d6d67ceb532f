import { useViewport, ViewportPortal } from '@xyflow/react'
import type { HelperLine } from '../../shared/drawing/snap.ts'

/** Thin lines along which a dragged card stands with others. */
export function HelperLines({ lines }: { readonly lines: readonly HelperLine[] }) {
  const { zoom } = useViewport()
  if (lines.length === 0) return null
  return (
    <ViewportPortal>
      <svg className="helper-lines" aria-hidden>
        {lines.map(({ axis, at, from, to }) => (
          <path
            key={`${axis}${at}`}
            d={axis === 'x' ? `M${at},${from} V${to}` : `M${from},${at} H${to}`}
            strokeWidth={1 / zoom}
          />
        ))}
      </svg>
    </ViewportPortal>
  )
}
