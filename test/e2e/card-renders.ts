import type { BrowserContext, Page } from 'playwright-core'

/**
 * Counts how often React called each card's component, in the bundle as it ships. React tells a hook of that name of
 * every commit; a component that was called bears the flag "performed work".
 */
export async function countCardRenders(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    interface Fiber {
      readonly child: Fiber | null
      readonly sibling: Fiber | null
      readonly alternate: Fiber | null
      readonly flags: number
      readonly memoizedProps: { readonly id?: string; readonly data?: { readonly content?: object } } | null
    }
    const counts: Record<string, number> = {}
    const performedWork = 1
    const visit = (fiber: Fiber) => {
      const { alternate, memoizedProps: props } = fiber
      if (props?.data?.content !== undefined && props.id !== undefined && (fiber.flags & performedWork) !== 0)
        counts[props.id] = (counts[props.id] ?? 0) + 1
      // Children that are the same object were not looked at in this commit.
      if (alternate !== null && alternate.child === fiber.child) return
      for (let child = fiber.child; child !== null; child = child.sibling) visit(child)
    }
    Object.assign(window, {
      cardRenders: counts,
      __REACT_DEVTOOLS_GLOBAL_HOOK__: {
        supportsFiber: true,
        inject: () => 1,
        onCommitFiberRoot: (_: number, root: { readonly current: Fiber }) => visit(root.current),
        onCommitFiberUnmount: () => undefined,
        onPostCommitFiberRoot: () => undefined,
      },
    })
  })
}

/** Renders by node key since the last call. */
export function takeCardRenders(page: Page): Promise<Record<string, number>> {
  return page.evaluate(() => {
    const { cardRenders } = window as unknown as { cardRenders: Record<string, number> }
    const taken = { ...cardRenders }
    for (const key of Object.keys(cardRenders)) Reflect.deleteProperty(cardRenders, key)
    return taken
  })
}
