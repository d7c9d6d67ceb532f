/** How a test reaches into the stand-in: one request at a time over the process channel, answered with its result. */
import { app, dialogAnswers, fetchFromApp, permissions, record, windows } from './electron.mjs'

const pageOf = index => windows[index]?.webContents.page

const plain = value => JSON.parse(JSON.stringify(value ?? null))

const actions = {
  record: () => record,
  evaluate: ({ window, expression }) => pageOf(window).evaluate(expression),
  /** Sends text over the page's own connection from the n-th frame of the page; 0 is the main frame. */
  sendFrom: async ({ window, frame, text }) => {
    const { connection } = windows[window].webContents
    const sender = pageOf(window).frames()[frame]
    await sender.evaluate(values => globalThis.standInSend('slipway:message', values), [connection, text])
  },
  reload: ({ window }) =>
    pageOf(window)
      .reload()
      .then(() => null),
  address: ({ window }) => pageOf(window).url(),
  fetch: async ({ url }) => {
    const { status, headers, body } = await fetchFromApp(url)
    return { status, headers, text: body.toString('utf8') }
  },
  /** Asks both permission handlers. */
  permission: ({ permission, origin }) => {
    let granted = null
    permissions.request(null, permission, verdict => (granted = verdict), { isMainFrame: true, requestingUrl: origin })
    return { request: granted, check: permissions.check(null, permission, origin, {}) }
  },
  attachWebview: ({ window }) => {
    let prevented = false
    windows[window].webContents.emit('will-attach-webview', { preventDefault: () => (prevented = true) }, {}, {})
    return prevented
  },
  /** A menu entry by its label, clicked with a window in front. */
  click: ({ window, label }) => {
    const entry = record.menu.flatMap(menu => menu.submenu ?? []).find(each => each.label === label)
    entry.click(entry, windows[window])
  },
  secondInstance: ({ launch }) => void app.emit('second-instance', {}, [], '/', launch),
  closeWindow: ({ window }) => windows[window].close(),
  answerNext: ({ kind, answer }) => void dialogAnswers[kind].push(answer),
  quit: () => app.quit(),
}

process.on('message', async ({ id, action, ...rest }) => {
  try {
    process.send({ id, result: plain(await actions[action](rest)) })
  } catch (error) {
    process.send({ id, error: String(error) })
  }
})
// The test is gone: nothing may outlive it.
process.on('disconnect', () => process.exit(1))
