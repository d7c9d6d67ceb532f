/** Stands where something will be, and says what is under way once that takes more than a moment. */
export function Waiting({ children }: { readonly children: string }) {
  return (
    <p className="waiting" role="status">
      {children}
    </p>
  )
}
