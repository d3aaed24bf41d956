import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchChromium } from '../support/chromium.ts'
import { type Look, walkScenes } from '../support/scenes.ts'
import { root } from '../support/sources.ts'
import { newStage } from '../support/stage.ts'

/**
 * `pnpm pictures` draws every scene into PICTURES, for eyes to look at; README shows two of them. In an ordinary
 * run one picture is drawn, so that the way there stays open.
 */
const folder = process.env.PICTURES
const all: Look[] = [390, 1440].flatMap(width =>
  (['light', 'dark'] as const).flatMap(theme =>
    ['en', 'zh-Hans'].map(locale => ({ width, height: width === 390 ? 844 : 900, theme, locale })),
  ),
)

let browser: Browser
beforeAll(async () => {
  browser = await launchChromium()
})
afterAll(() => browser.close())

test.each(folder ? all : all.slice(0, 1))('pictures at $width px, $theme, $locale', async look => {
  const stage = await newStage(4380)
  const target = folder && join(root, folder)
  if (target) mkdirSync(target, { recursive: true })
  let drawn = 0
  await walkScenes(browser, stage, look, async (scene, page) => {
    const name = `${scene}-${look.width}-${look.theme}-${look.locale}.png`
    const picture = await page.screenshot(target ? { path: join(target, name) } : {})
    expect(picture.length).toBeGreaterThan(5000)
    drawn++
  })
  expect(drawn).toBe(12)
})
