import { readdirSync, readFileSync } from 'node:fs'

/** A sleep so long that no other process has it. */
export function unusualSleep(): string {
  return `sleep ${String(300 + Math.random())}`
}

/** Whether a process of this machine has the words in its command line. */
export function isRunning(command: string): boolean {
  return processesOf(command).length > 0
}

/** Ends what an engine that was killed has left behind. */
export function endLeftOver(command: string): void {
  for (const id of processesOf(command)) process.kill(id, 'SIGKILL')
}

function processesOf(command: string): readonly number[] {
  const ids = readdirSync('/proc').filter(name => /^\d+$/.test(name))
  return ids.map(Number).filter(id => {
    try {
      // The shell that busybox runs for RUN ends up as the command itself, or holds it in its arguments.
      return readFileSync(`/proc/${String(id)}/cmdline`, 'utf8')
        .replaceAll('\0', ' ')
        .includes(command)
    } catch {
      return false
    }
  })
}

/** Resolves with how long it took. */
export async function within(milliseconds: number, condition: () => boolean): Promise<number> {
  const began = performance.now()
  while (!condition()) {
    if (performance.now() - began > milliseconds)
      throw new Error(`It did not come true within ${String(milliseconds)} ms.`)
    await new Promise(resolve => setTimeout(resolve, 10))
  }
  return performance.now() - began
}
