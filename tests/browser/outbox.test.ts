import type { Browser, Frame, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { chatFrame, launchChromium, openChat, watchForTrouble } from '../support/chromium.ts'
import { ALL, cutOff, isKept, newContext, nothingWaits, openTab, say, wordsIn } from '../support/cut-off.ts'
import { keptIn } from '../support/kept.ts'
import { newStage } from '../support/stage.ts'

/** What people wrote and nobody has accepted yet outlives the page. */
let browser: Browser
beforeAll(async () => {
  browser = await launchChromium()
})
afterAll(() => browser.close())

/** The visitor's conversation on the home screen; a bot that has missed twice has called a person. */
const OWN = /Assistant|Waiting for a person/

/** A tab that is gone from one moment to the next, as when its process is killed. */
async function kill(page: Page): Promise<void> {
  const debug = await page.context().newCDPSession(page)
  const gone = new Promise(resolve => page.once('crash', resolve))
  debug.send('Page.crash').catch(() => undefined)
  await gone
}

test('[G5] [F-14] what was written without a server is sent once after a reload, and shown once on both sides', async () => {
  const { server, exchangeUrl, page } = await cutOff(browser, 4380)
  const trouble = watchForTrouble(page)
  await page.reload()
  await server.start()
  await page.goto(exchangeUrl)
  const chat = await openChat(page)
  // The visitor finds themselves where they were, with their words.
  await chat.getByText('hello?').waitFor()
  await nothingWaits(chat)
  expect(await wordsIn(chat)).toEqual(ALL)
  await isKept(chat, 0)
  await say(chat, 'human please')
  await chat.getByText('1st', { exact: true }).waitFor()
  const desk = await (await newContext(browser)).newPage()
  await desk.goto(await server.signInLink('Mara'))
  await desk.getByRole('button', { name: /Guest/ }).first().click()
  // In the log: the inbox has shown them as the last words already.
  await desk.locator('[role=log]').getByText('human please').last().waitFor()
  expect(await wordsIn(desk)).toEqual([...ALL, 'human please'])
  expect(trouble).toEqual([])
})

test('[F-14] a reload at any moment of a send loses nothing and doubles nothing, twenty times', async () => {
  const { exchangeUrl } = await newStage(4382)
  const { page, chat: first } = await openTab(await newContext(browser), exchangeUrl)
  const written: string[] = []
  for (let chat = first; written.length < 20; ) {
    const words = `words number ${written.length}`
    // At any moment of a send; a page that is not connected yet has nothing to write with.
    await chat.waitForFunction(() =>
      performance.getEntriesByType('resource').some(({ name }) => name.includes('/keeper-')),
    )
    await say(chat, words)
    written.push(words)
    await page.waitForTimeout(Math.random() * 40)
    await page.reload()
    chat = await openChat(page)
    // Back in the conversation by itself while something waited, else by the row on the home screen.
    const back = chat.locator('[role=log]').or(chat.getByRole('button', { name: OWN }))
    await back.first().waitFor()
    if ((await chat.locator('[role=log]').count()) === 0) await back.first().click()
    await chat.locator('[role=log]').getByText(words, { exact: true }).waitFor()
  }
  const chat = await chatFrame(page)
  await nothingWaits(chat)
  expect(await wordsIn(chat)).toEqual(written)
  expect(await keptIn(chat)).toMatchObject({ items: 0 })
})

test('[G5] the first words of all survive a reload, and make one conversation', async () => {
  const { server, exchangeUrl } = await newStage(4384)
  const { page, chat } = await openTab(await newContext(browser), exchangeUrl)
  await chat.getByText('Common questions').waitFor()
  await expect.poll(() => keptIn(chat).then(kept => kept.databases)).toBe(1)
  await server.end('SIGKILL')
  await say(chat, 'is my money safe')
  await isKept(chat, 1)
  await page.reload()
  await server.start()
  await page.goto(exchangeUrl)
  const again = await openChat(page)
  await again.locator('[role=log]').getByText('is my money safe').waitFor()
  await again.getByText('Assistant').first().waitFor()
  await nothingWaits(again)
  expect(await wordsIn(again)).toEqual(['is my money safe'])
  await again.getByRole('button', { name: 'Back' }).click()
  expect(await again.getByRole('button', { name: /Assistant/ }).count()).toBe(1)
})

test.each([
  ['closed', (page: Page) => page.close()],
  ['killed', kill],
] as const)('[G5] words outlive a tab that is %s', async (how, end) => {
  const { server, exchangeUrl, context, page } = await cutOff(browser, how === 'closed' ? 4386 : 4388)
  await end(page)
  await server.start()
  const { chat } = await openTab(context, exchangeUrl)
  await chat.getByText('hello?').waitFor()
  await nothingWaits(chat)
  expect(await wordsIn(chat)).toEqual(ALL)
})

test('[F-15] of five tabs the one that sends is killed: stored once, and the same in all', async () => {
  const { server, exchangeUrl, context, page, chat } = await cutOff(browser, 4390)
  await server.start()
  await nothingWaits(chat)
  const others: Frame[] = []
  for (let count = 0; count < 4; count++) {
    const { chat: other } = await openTab(context, exchangeUrl)
    await other.getByRole('button', { name: OWN }).click()
    await other.getByText('hello?').waitFor()
    others.push(other)
  }
  await server.end('SIGKILL')
  await say(chat, 'one more thing')
  // All tabs are equal: they show it before anybody has it.
  for (const other of others) await other.locator('.wait').getByText('one more thing').waitFor()
  await kill(page)
  await server.start()
  for (const other of others) {
    await nothingWaits(other)
    // This tab's own line may come back later than that of the one that sent.
    await expect.poll(() => wordsIn(other), { timeout: 20_000 }).toEqual([...ALL, 'one more thing'])
  }
  const { chat: fresh } = await openTab(context, exchangeUrl)
  await fresh.getByRole('button', { name: OWN }).click()
  await fresh.getByText('one more thing').waitFor()
  expect(await wordsIn(fresh)).toEqual([...ALL, 'one more thing'])
})
