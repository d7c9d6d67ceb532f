import { layOut, type LayoutTask } from '../../shared/drawing/whole-layout.ts'

/** The thread that lays out large graphs: a task comes in, places and then all that was found go out. */
addEventListener('message', ({ data }: MessageEvent<LayoutTask>) =>
  postMessage(layOut(data, found => postMessage(found))),
)
