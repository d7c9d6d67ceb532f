/** What the canvas says when the file has no stage yet. */
export function EmptyCanvas() {
  return (
    <div className="graph-empty">
      <p className="graph-empty-title">No stages yet</p>
      <p>Double-click here or choose Add stage: images, starters and more. Or write a FROM line in the text.</p>
    </div>
  )
}

/** What it says, where that takes more than a moment, until a large graph has its places. */
export function LayingOut() {
  return (
    <div className="graph-empty graph-laying-out" role="status">
      Laying out…
    </div>
  )
}
