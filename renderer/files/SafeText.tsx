import { displayParts } from '../../shared/files/display-name.ts'

/** Text from an image, with what would not show, or would deceive, spelt out and set apart. */
export function SafeText({ text, keep = '' }: { readonly text: string; readonly keep?: string }) {
  return displayParts(text, keep).map((part, index) =>
    part.escaped ? (
      <span key={index} className="escaped" title="A character that does not show by itself">
        {part.text}
      </span>
    ) : (
      part.text
    ),
  )
}
