import { layOut, type LayoutTask } from '../../shared/drawing/whole-layout.ts'

/** The thread that lays out large graphs: a task comes in, what was found goes out. */
addEventListener('message', ({ data }: MessageEvent<LayoutTask>) => postMessage(layOut(data)))
