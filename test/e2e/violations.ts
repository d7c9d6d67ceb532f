import { createRequire } from 'node:module'
import type { AxeResults, RunOptions } from 'axe-core'
import type { BrowserContext, Page } from 'playwright-core'

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

/** Makes axe-core known to every page of the context, before the page's own scripts run. */
export async function injectAxe(context: BrowserContext): Promise<void> {
  await context.addInitScript({ path: axe })
}

/** What axe-core finds wrong in the page as it stands, by one rule or all: the rule, the element, and what to do. */
export async function violations(page: Page, rule?: string, within?: string): Promise<readonly string[]> {
  // Which headings stand above a part cannot be told from it.
  const whole = { rules: { 'heading-order': { enabled: within === undefined } } }
  const { violations: found } = await page.evaluate(
    ({ part, options }) => (globalThis as unknown as Axe).axe.run(part, options),
    { part: within ?? 'html', options: rule === undefined ? whole : { runOnly: [rule] } },
  )
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ target, html, failureSummary }) => `${id} at ${target.join(' ')}: ${html}\n${failureSummary ?? ''}`),
  )
}

/** Roles of what can be worked, and of what holds such things. */
const workable =
  /^(button|link|textbox|searchbox|combobox|checkbox|radio|switch|slider|spinbutton|splitter|tab|option|tree|treeitem|treegrid|grid|menu|menuitem|listbox|dialog|alertdialog|tabpanel)$/

/** What Chromium tells a screen reader of controls without a name: role and element. axe-core lets some of them pass. */
async function nameless(page: Page): Promise<readonly string[]> {
  const client = await page.context().newCDPSession(page)
  const { nodes } = await client.send('Accessibility.getFullAXTree')
  const found: string[] = []
  for (const { ignored, role, name, backendDOMNodeId } of nodes) {
    if (ignored || !workable.test(String(role?.value)) || String(name?.value ?? '').trim() !== '') continue
    const { outerHTML } = await client.send('DOM.getOuterHTML', { backendNodeId: backendDOMNodeId ?? 0 })
    found.push(`No name for the ${String(role?.value)} ${outerHTML.slice(0, 200)}`)
  }
  await client.detach()
  return found
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
    /** `within` is the part that was not there before. */
    check: async (view: string, within?: string): Promise<void> => {
      await page.emulateMedia(light)
      note(`${view}, in light`, [...(await violations(page, undefined, within)), ...(await nameless(page))])
      for (const [look, options] of Object.entries(looks)) {
        await page.emulateMedia({ ...light, ...options })
        await page.locator(`html[data-theme="${options.colorScheme ?? 'light'}"]`).waitFor({ state: 'attached' })
        note(`${view}, in ${look}`, await violations(page, 'color-contrast', within))
      }
    },
  }
}

interface Axe {
  readonly axe: { run(root: string, options: RunOptions): Promise<AxeResults> }
}
