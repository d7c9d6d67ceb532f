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

interface Axe {
  readonly axe: { run(root: Document, options: RunOptions): Promise<AxeResults> }
}
