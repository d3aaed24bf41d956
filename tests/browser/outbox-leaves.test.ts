import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { chatFrame, launchChromium, openChat, watchForTrouble } from '../support/chromium.ts'
import { ALL, cutOff, isKept, newContext, nothingWaits, openTab, say, wordsIn } from '../support/cut-off.ts'
import { keptIn } from '../support/kept.ts'
import { newStage } from '../support/stage.ts'

/** What is kept on a device belongs to one person, cannot be read, and leaves with them. */
let browser: Browser
beforeAll(async () => {
  browser = await launchChromium()
})
afterAll(() => browser.close())

const logIn = (page: Page, customer: string | null) =>
  page.evaluate(
    name =>
      fetch(name ? '/log-in' : '/log-out', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ customer: name }),
      }).then(() => undefined),
    customer,
  )

const shutDown = (page: Page) =>
  page.evaluate(() =>
    (window as unknown as { Nightdesk: { shutdown(): Promise<void> } }).Nightdesk.shutdown(),
  )

test('[S-5] on disk there is no word to read, and a key that nobody can take', async () => {
  const { chat } = await cutOff(browser, 4392)
  const { items, extractable, text } = await keptIn(chat)
  expect(items).toBe(2)
  expect(extractable).toEqual([false])
  expect(text).not.toMatch(/are you there|hello|deposit/)
})

test('[S-5] after shutdown, with another tab open, there are no words and no key on the device', async () => {
  const { server, exchangeUrl, context, page } = await cutOff(browser, 4394)
  await server.start()
  const { chat: other } = await openTab(context, exchangeUrl)
  await isKept(other, 0)
  await server.end('SIGKILL')
  const chat = await chatFrame(page)
  await say(chat, 'nobody else should read this')
  await isKept(chat, 1)
  await shutDown(page)
  expect(page.frames()).toHaveLength(1)
  expect(await keptIn(other)).toMatchObject({ items: 0, extractable: [] })
  // And none of it in the other tab, nor anything that comes up later.
  expect(await wordsIn(other)).not.toContain('nobody else should read this')
  await server.start()
  await page.reload()
  const again = await openChat(page)
  await again.getByText('Common questions').waitFor()
  expect((await keptIn(again)).items).toBe(0)
})

test('[S-5] what one customer left unsent, the next one neither sees nor sends, and it is gone', async () => {
  const { server, exchangeUrl } = await newStage(4396)
  const page = await (await newContext(browser)).newPage()
  await page.goto(exchangeUrl)
  await logIn(page, 'cus_ada')
  const chat = await openChat(page)
  await chat.getByText('amber kettle').waitFor()
  await expect.poll(() => keptIn(chat).then(kept => kept.databases)).toBe(1)
  await server.end('SIGKILL')
  await say(chat, 'this is between Ada and support')
  await isKept(chat, 1)
  await logIn(page, 'cus_tomas')
  await server.start()
  await page.reload()
  const his = await openChat(page)
  await his.getByText('paper lantern').waitFor()
  await isKept(his, 0)
  expect(await his.locator('.view').textContent()).not.toContain('Ada')
  await logIn(page, 'cus_ada')
  await page.reload()
  const hers = await openChat(page)
  await hers.getByText('amber kettle').waitFor()
  expect(await hers.getByText('between Ada').count()).toBe(0)
})

test('[G5] a guest who logs in keeps what they wrote', async () => {
  const { server, exchangeUrl, page } = await cutOff(browser, 4398)
  await logIn(page, 'cus_ada')
  await server.start()
  await page.goto(exchangeUrl)
  const chat = await openChat(page)
  await chat.getByText('amber kettle').waitFor()
  await chat.getByText('hello?').waitFor()
  await nothingWaits(chat)
  expect(await wordsIn(chat)).toEqual(ALL)
})

test.each([
  ['en-GB', 'Kept only while this page is open.'],
  ['zh-CN', '仅在此页面打开期间保留。'],
])(
  '[G5] where storage is blocked the chat works, and says in %s that words live with the page',
  async (locale, note) => {
    const { server, exchangeUrl } = await newStage(4380)
    const context = await newContext(browser, locale)
    await context.addInitScript(() => {
      Object.defineProperty(window, 'indexedDB', {
        get: () => {
          throw new DOMException('blocked', 'SecurityError')
        },
      })
    })
    const page = await context.newPage()
    const trouble = watchForTrouble(page)
    await page.goto(exchangeUrl)
    await page.evaluate(lang => {
      document.documentElement.lang = lang
    }, locale)
    const chat = await openChat(page)
    await say(chat, 'hello')
    await nothingWaits(chat)
    expect(await chat.getByText(note).count()).toBe(0)
    await server.end('SIGKILL')
    await say(chat, 'are you there')
    await chat.getByText(note).waitFor()
    await server.start()
    await nothingWaits(chat)
    expect(await chat.getByText(note).count()).toBe(0)
    expect(trouble).toEqual([])
  },
)

test('[S-5] an operator who switches the outbox off has nothing on disk, and it is said', async () => {
  const { server, exchangeUrl } = await newStage(4382, { outbox: false })
  const { chat } = await openTab(await newContext(browser), exchangeUrl)
  await say(chat, 'hello')
  await nothingWaits(chat)
  await server.end('SIGKILL')
  await say(chat, 'are you there')
  await chat.getByText('Kept only while this page is open.').waitFor()
  expect(await keptIn(chat)).toMatchObject({ databases: 0, items: 0 })
})

test('[G5] [S-5] the reply of an agent outlives a reload, and signing out takes everything away', async () => {
  const { server, exchangeUrl } = await newStage(4384)
  const { chat } = await openTab(await newContext(browser), exchangeUrl)
  await say(chat, 'where is my deposit')
  await chat.getByRole('button', { name: 'Get a person' }).first().click()
  const desk = await (await newContext(browser)).newPage()
  await desk.goto(await server.signInLink('Mara'))
  await desk.getByRole('button', { name: /Guest/ }).first().click()
  await desk.getByRole('button', { name: /^Take/ }).first().click()
  const reply = async (text: string) => {
    await desk.getByRole('textbox', { name: 'Reply' }).fill(text)
    await desk.getByRole('textbox', { name: 'Reply' }).press('Control+Enter')
  }
  await reply('Hello, I have read it all.')
  await chat.getByText('Hello, I have read it all.').waitFor()
  await server.end('SIGKILL')
  await reply('One moment, checking.')
  await expect.poll(() => keptIn(desk).then(kept => kept.items)).toBe(1)
  expect((await keptIn(desk)).text).not.toContain('checking')
  const url = desk.url()
  await desk.goto('about:blank')
  await server.start()
  await desk.goto(url)
  await chat.getByText('One moment, checking.').waitFor({ timeout: 20_000 })
  await nothingWaits(desk)
  expect((await wordsIn(desk)).filter(words => words === 'One moment, checking.')).toHaveLength(1)
  await desk
    .getByRole('button', { name: /Mara, agent/ })
    .first()
    .click()
  await desk.getByRole('button', { name: 'Sign out' }).click()
  await desk.getByRole('heading', { name: 'Sign in to the desk' }).waitFor()
  expect(await keptIn(desk)).toMatchObject({ items: 0, extractable: [] })
})
