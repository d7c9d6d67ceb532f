import type { StageId } from './stage-graph.ts'

/** How many colours stages are told apart by. */
export const hueCount = 10

/** Which of them each stage wears, from 0; also of stages that are gone, as undo brings them back. */
export type StageHues = ReadonlyMap<StageId, number>

/**
 * Stages are coloured in the order of the file when it is opened, and keep their colour wherever they move. A new one
 * gets a colour that its neighbours do not wear, of those the one worn least, and where several are, the next from the
 * one that its place would have in a file just opened.
 */
export function stageHues(ids: readonly StageId[], before: StageHues | null): StageHues {
  if (before === null) return new Map(ids.map((id, index) => [id, index % hueCount]))
  if (ids.every(id => before.has(id))) return before
  const hues = new Map(before)
  const worn = new Array<number>(hueCount).fill(0)
  const wear = (hue: number): void => void (worn[hue] = wornBy(worn, hue) + 1)
  for (const id of ids) if (before.has(id)) wear(hues.get(id) ?? 0)
  ids.forEach((id, index) => {
    if (hues.has(id)) return
    const near = [ids[index - 1], ids[index + 1]].map(neighbour => neighbour && hues.get(neighbour))
    const order = Array.from({ length: hueCount }, (_, step) => (index + step) % hueCount)
    const free = order.filter(hue => !near.includes(hue))
    const hue = free.reduce((best, each) => (wornBy(worn, each) < wornBy(worn, best) ? each : best))
    hues.set(id, hue)
    wear(hue)
  })
  return hues
}

function wornBy(worn: readonly number[], hue: number): number {
  return worn[hue] ?? 0
}
