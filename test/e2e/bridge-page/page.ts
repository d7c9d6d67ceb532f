import { openHostSocket } from '../../../renderer/bridge/socket-port.ts'
import { connect } from '../../../shared/bridge/connect.ts'
import { HostError } from '../../../shared/bridge/host-error.ts'

declare global {
  interface Window {
    /** What the bridge said so far; violations of the content security policy are among it. */
    readonly told: string[]
    watch(path: string): void
  }
}

const told: string[] = []
const api = connect(openHostSocket(location))
document.addEventListener('securitypolicyviolation', event => told.push(`violation: ${event.violatedDirective}`))

const style = document.createElement('style')
style.nonce = document.querySelector<HTMLMetaElement>('meta[name=csp-nonce]')?.content ?? ''
style.textContent = 'body { color: rgb(1, 2, 3) }'
document.head.append(style)

Object.assign(window, {
  told,
  watch(path: string) {
    void (async () => {
      try {
        for await (const state of api.stream('documents.watch', { path }))
          told.push(state.kind === 'present' ? (state.text ?? 'no text') : 'missing')
      } catch (error) {
        told.push(error instanceof HostError ? error.code : String(error))
      }
    })()
  },
})
told.push((await api.call('app.info', {})).host)
told.push(getComputedStyle(document.body).color)
