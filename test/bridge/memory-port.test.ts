import { memoryPorts } from '../../shared/bridge/memory-port.ts'
import { describePort } from './conformance.ts'

describePort('a pair in memory', () => {
  const [renderer, host] = memoryPorts()
  return Promise.resolve({ renderer, host, cut: () => host.close(), release: () => Promise.resolve() })
})
