import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, Frame, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchChromium } from '../support/chromium.ts'
import { walkScenes } from '../support/scenes.ts'
import { newStage } from '../support/stage.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

let browser: Browser
beforeAll(async () => {
  browser = await launchChromium()
})
afterAll(() => browser.close())

type AxeResult = { violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] }

/** What axe finds in one document of ours, as lines that can be acted on. */
async function violationsIn(frame: Frame): Promise<string[]> {
  // Our policy forbids scripts from elsewhere; the debugger's door is not subject to it.
  await frame.evaluate(axe)
  const found = await frame.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run(options: object): Promise<unknown> } }
    return axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
  })
  return (found as AxeResult).violations.flatMap(({ id, nodes }) =>
    nodes.map(node => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary.slice(0, 200)}`),
  )
}

const ours = (page: Page): Frame =>
  page.frames().find(frame => frame.url().includes('/frame/')) ?? page.mainFrame()

const LOOKS = [
  { width: 390, height: 844, theme: 'light', locale: 'en' },
  { width: 390, height: 844, theme: 'dark', locale: 'zh-Hans' },
  { width: 1440, height: 900, theme: 'light', locale: 'zh-Hans' },
  { width: 1440, height: 900, theme: 'dark', locale: 'en' },
  // 400 % zoom of a 1280 px window.
  { width: 320, height: 256, theme: 'light', locale: 'en' },
] as const

test.each(LOOKS)(
  '[C-8] every scene at $width px, $theme, $locale: no axe violation, nothing scrolls sideways',
  async look => {
    const stage = await newStage(4370 + 2 * LOOKS.indexOf(look))
    const faults: string[] = []
    const scenes: string[] = []
    await walkScenes(browser, stage, look, async (scene, page) => {
      scenes.push(scene)
      const frame = ours(page)
      // The exchange's own page is not ours to judge.
      if (scene !== 'launcher') faults.push(...(await violationsIn(frame)).map(line => `${scene} ${line}`))
      const sideways = await frame.evaluate(() => {
        const box = document.scrollingElement ?? document.documentElement
        return box.scrollWidth - box.clientWidth
      })
      if (sideways > 0) faults.push(`${scene} scrolls ${sideways} px sideways`)
    })
    expect(scenes).toHaveLength(12)
    expect(faults).toEqual([])
  },
)
