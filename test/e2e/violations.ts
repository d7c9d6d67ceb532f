import { createRequire } from 'node:module'
import type { AxeResults, RunOptions } from 'axe-core'
import type { BrowserContext, Page } from 'playwright-core'

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

/** Makes axe-core known to every page of the context, before the page's own scripts run. */
export async function injectAxe(context: BrowserContext): Promise<void> {
  await context.addInitScript({ path: axe })
}

/** What axe-core finds wrong in the page as it stands, by one rule or all: the rule, the element, and what to do. */
export async function violations(page: Page, rule?: string): Promise<readonly string[]> {
  const { violations: found } = await page.evaluate(
    only => (globalThis as unknown as Axe).axe.run(document, only === undefined ? {} : { runOnly: [only] }),
    rule,
  )
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ target, html, failureSummary }) => `${id} at ${target.join(' ')}: ${html}\n${failureSummary ?? ''}`),
  )
}

type Look = NonNullable<Parameters<Page['emulateMedia']>[0]>

const light: Look = { colorScheme: 'light', contrast: 'no-preference', forcedColors: 'none' }
const looks: Readonly<Record<string, Look>> = {
  dark: { colorScheme: 'dark' },
  'light with more contrast': { colorScheme: 'light', contrast: 'more' },
  'dark with more contrast': { colorScheme: 'dark', contrast: 'more' },
  'the colours that the system forces': { forcedColors: 'active' },
}

/** Looks at one view after another in every look; `found` has what is wrong, by view and look. */
export function axeTour(page: Page) {
  const found: Record<string, readonly string[]> = {}
  const note = (name: string, wrong: readonly string[]) => {
    if (wrong.length > 0) found[name] = wrong
  }
  return {
    found,
    check: async (view: string): Promise<void> => {
      await page.emulateMedia(light)
      note(`${view}, in light`, await violations(page))
      for (const [look, options] of Object.entries(looks)) {
        await page.emulateMedia({ ...light, ...options })
        await page.locator(`html[data-theme="${options.colorScheme ?? 'light'}"]`).waitFor({ state: 'attached' })
        note(`${view}, in ${look}`, await violations(page, 'color-contrast'))
      }
    },
  }
}

interface Axe {
  readonly axe: { run(root: Document, options: RunOptions): Promise<AxeResults> }
}
