import '@fontsource-variable/inter/wght.css'
import '@fontsource-variable/jetbrains-mono/wght.css'
import '../../../renderer/ui/tokens.css'
import '../../../renderer/ui/controls.css'
import { useEffect, useState } from 'react'
import { createCommandRegistry } from '../../../renderer/commands/command-registry.ts'
import { CommandsContext } from '../../../renderer/commands/use-commands.ts'
import { GraphPane } from '../../../renderer/graph/GraphPane.tsx'
import { noMarks } from '../../../shared/builds/build-marks.ts'
import { nothingSelected } from '../../../shared/selection.ts'
import type { CanvasProps } from './page.tsx'

const commands = { registry: createCommandRegistry(), chosen: {} }
const nothing = () => {}
const refused = () => false
const noPaths = () => Promise.resolve(null)

/** The canvas of the window itself, as the window feeds it when a file opens. */
export function OwnCanvas({ analysis, placement, onDrawn }: CanvasProps) {
  const [withoutProblems, setWithoutProblems] = useState(true)
  const count = analysis.graph.stages.length
  useEffect(() => {
    let handle = requestAnimationFrame(function look() {
      if (isDrawn(count)) onDrawn()
      else handle = requestAnimationFrame(look)
    })
    return () => cancelAnimationFrame(handle)
  }, [count, onDrawn])
  return (
    <CommandsContext value={commands}>
      <GraphPane
        analysis={analysis}
        placement={placement}
        withoutProblems={withoutProblems}
        onDrawn={() => setWithoutProblems(false)}
        selection={nothingSelected}
        marks={noMarks}
        recalled={null}
        images={[]}
        onSelect={nothing}
        onPlace={nothing}
        perform={refused}
        catchUp={nothing}
        contextPaths={noPaths}
        onBuild={null}
        onShowFiles={null}
        onShowImage={nothing}
        onShowContext={nothing}
        onShowSource={nothing}
        onShowForm={nothing}
        onShowProblems={nothing}
        onShowFailure={nothing}
      />
    </CommandsContext>
  )
}

/** Whether the graph is on the screen: cards with edges where it opens, on the target, or the picture of all. */
export function isDrawn(stages: number): boolean {
  if (document.querySelector(`.graph-overview[aria-label*=" ${stages} stages"]`) !== null) return true
  const names = [...document.querySelectorAll('.stage-name')].map(element => element.textContent)
  return names.includes(`stage-${stages - 1}`) && document.querySelector('.graph-edge-line') !== null
}
