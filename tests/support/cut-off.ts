import type { Browser, BrowserContext, Frame, Page } from 'playwright-core'
import { expect, onTestFinished } from 'vitest'
import { openChat } from './chromium.ts'
import { keptIn } from './kept.ts'
import { newStage } from './stage.ts'

export async function newContext(browser: Browser, locale = 'en-GB'): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale })
  onTestFinished(() => context.close())
  return context
}

export async function openTab(context: BrowserContext, url: string): Promise<{ page: Page; chat: Frame }> {
  const page = await context.newPage()
  await page.goto(url)
  return { page, chat: await openChat(page) }
}

export const say = async (frame: Frame, text: string) => {
  await frame.getByRole('textbox').fill(text)
  await frame.getByRole('textbox').press('Enter')
}

/** The words of people in a log, in order, as they stand on screen. */
export const wordsIn = (log: Frame | Page) =>
  log
    .locator('[role=log] li.m:is(.you, .vis, .me) p.b')
    .evaluateAll(bubbles => bubbles.map(bubble => bubble.textContent?.trim() ?? ''))

export const nothingWaits = (place: Frame | Page) =>
  expect.poll(() => place.locator('.wait, .unsent').count(), { timeout: 20_000 }).toBe(0)

/** Written down: a row for each item that is not accepted. */
export const isKept = (frame: Frame, items: number) =>
  expect.poll(() => keptIn(frame).then(kept => kept.items), { timeout: 5000 }).toBe(items)

/** What the visitor of the story below has said. */
export const ALL = ['where is my deposit', 'are you there', 'hello?']

/** A visitor in a conversation, with the server gone and two messages written that nobody has. */
export async function cutOff(browser: Browser, port: number) {
  const stage = await newStage(port)
  const context = await newContext(browser)
  const { page, chat } = await openTab(context, stage.exchangeUrl)
  await say(chat, 'where is my deposit')
  await chat
    .getByText(/Reviewed \d/)
    .first()
    .waitFor()
  // The outbox comes after the connection: what is written before its key is there lives with the page.
  await expect.poll(() => keptIn(chat).then(kept => kept.extractable.length)).toBeGreaterThan(0)
  await isKept(chat, 0)
  await stage.server.end('SIGKILL')
  await say(chat, 'are you there')
  await say(chat, 'hello?')
  await isKept(chat, 2)
  return { ...stage, context, page, chat }
}
