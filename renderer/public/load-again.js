// Browsers drop requests that wait when the machine's network changes, as it does with every container that starts.
// What the window is made of is then asked for again. This file comes first and alone, so that it is there for the rest.

const mostTries = 5
const restMilliseconds = 300

addEventListener(
  'error',
  ({ target }) => {
    if (target instanceof HTMLLinkElement && target.rel === 'stylesheet') loadSheetAgain(target)
    else if (target instanceof HTMLScriptElement) loadPageAgain()
  },
  true,
)

// The sheet of a part comes a moment later: no reason to do without the part.
addEventListener('vite:preloadError', event => {
  if (String(event.payload).includes('Unable to preload CSS')) event.preventDefault()
})

function loadSheetAgain(link) {
  const tries = Number(link.dataset.tries ?? 0) + 1
  if (tries > mostTries) return
  const again = link.cloneNode()
  again.dataset.tries = String(tries)
  setTimeout(() => link.replaceWith(again), restMilliseconds)
}

/** A script that the page begins with cannot be asked for alone; nothing can have been typed yet. */
function loadPageAgain() {
  const tries = Number(sessionStorage.getItem('tries') ?? 0) + 1
  if (tries > mostTries) return
  sessionStorage.setItem('tries', String(tries))
  setTimeout(() => location.reload(), restMilliseconds)
}
