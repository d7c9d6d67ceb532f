/** A sentence in which `backticks` set off names, as the edits and checks write them, drawn as code. */
export function Words({ text }: { readonly text: string }) {
  const parts = text.split('`')
  // A sentence with an odd backtick is shown as it is.
  if (parts.length % 2 === 0) return <>{text}</>
  return (
    <>
      {parts.map((part, at) =>
        at % 2 === 1 ? (
          <code key={at} className="code-word">
            {part}
          </code>
        ) : (
          part
        ),
      )}
    </>
  )
}
