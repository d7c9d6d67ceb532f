// Safari has no idle callbacks. There what can wait is done a moment later.
if (!('requestIdleCallback' in window))
  Object.assign(window, {
    requestIdleCallback: (act: () => void) => window.setTimeout(act, 50),
    cancelIdleCallback: (waiting: number) => window.clearTimeout(waiting),
  })
