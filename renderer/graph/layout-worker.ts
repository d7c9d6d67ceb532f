import { layOut, type LayoutTask } from '../../shared/drawing/whole-layout.ts'

/** The thread that lays out large graphs: a task comes in; places go out, and then the ways between them. */
addEventListener('message', ({ data }: MessageEvent<LayoutTask>) => {
  const { routes } = layOut(data, found => postMessage(found))
  postMessage({ routes })
})
