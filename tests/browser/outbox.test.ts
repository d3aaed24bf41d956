import type { Browser, BrowserContext, Frame, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { chatFrame, launchChromium, openChat, watchForTrouble } from '../support/chromium.ts'
import { keptIn } from '../support/kept.ts'
import { newStage } from '../support/stage.ts'

/** What people wrote and nobody has accepted yet outlives the page, and leaves with the person. */
let browser: Browser
beforeAll(async () => {
  browser = await launchChromium()
})
afterAll(() => browser.close())

async function newContext(locale = 'en-GB'): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale })
  onTestFinished(() => context.close())
  return context
}

async function openTab(context: BrowserContext, url: string): Promise<{ page: Page; chat: Frame }> {
  const page = await context.newPage()
  await page.goto(url)
  return { page, chat: await openChat(page) }
}

const say = async (frame: Frame, text: string) => {
  await frame.getByRole('textbox').fill(text)
  await frame.getByRole('textbox').press('Enter')
}

/** The words of people in a log, in order, as they stand on screen. */
const wordsIn = (log: Frame | Page) =>
  log
    .locator('[role=log] li.m:is(.you, .vis, .me) p.b')
    .evaluateAll(bubbles => bubbles.map(bubble => bubble.textContent?.trim() ?? ''))

const nothingWaits = (place: Frame | Page) =>
  expect.poll(() => place.locator('.wait, .unsent').count(), { timeout: 20_000 }).toBe(0)

/** Written down: a row for each item that is not accepted. */
const isKept = (frame: Frame, items: number) =>
  expect.poll(() => keptIn(frame).then(kept => kept.items), { timeout: 5000 }).toBe(items)

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

/** A tab that is gone from one moment to the next, as when its process is killed. */
async function kill(page: Page): Promise<void> {
  const debug = await page.context().newCDPSession(page)
  const gone = new Promise(resolve => page.once('crash', resolve))
  debug.send('Page.crash').catch(() => undefined)
  await gone
}

/** A visitor in a conversation, with the server gone and two messages written that nobody has. */
async function cutOff(port: number) {
  const stage = await newStage(port)
  const context = await newContext()
  const { page, chat } = await openTab(context, stage.exchangeUrl)
  await say(chat, 'where is my deposit')
  await chat
    .getByText(/Reviewed \d/)
    .first()
    .waitFor()
  await isKept(chat, 0)
  await stage.server.end('SIGKILL')
  await say(chat, 'are you there')
  await say(chat, 'hello?')
  await isKept(chat, 2)
  return { ...stage, context, page, chat }
}

const ALL = ['where is my deposit', 'are you there', 'hello?']

test('[G5] [F-14] what was written without a server is sent once after a reload, and shown once on both sides', async () => {
  const { server, exchangeUrl, page } = await cutOff(4380)
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
  await chat.getByRole('button', { name: 'Get a person' }).first().click()
  const desk = await (await newContext()).newPage()
  await desk.goto(await server.signInLink('Mara'))
  await desk.getByRole('button', { name: /Guest/ }).first().click()
  await desk.getByText('hello?').last().waitFor()
  expect(await wordsIn(desk)).toEqual(ALL)
  expect(trouble).toEqual([])
})

test('[F-14] a reload at any moment of a send loses nothing and doubles nothing, twenty times', async () => {
  const { exchangeUrl } = await newStage(4382)
  const { page, chat: first } = await openTab(await newContext(), exchangeUrl)
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
    const back = chat.locator('[role=log]').or(chat.getByRole('button', { name: /Assistant/ }))
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
  const { page, chat } = await openTab(await newContext(), exchangeUrl)
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
  const { server, exchangeUrl, context, page } = await cutOff(how === 'closed' ? 4386 : 4388)
  await end(page)
  await server.start()
  const { chat } = await openTab(context, exchangeUrl)
  await chat.getByText('hello?').waitFor()
  await nothingWaits(chat)
  expect(await wordsIn(chat)).toEqual(ALL)
})

test('[F-15] of five tabs the one that sends is killed: stored once, and the same in all', async () => {
  const { server, exchangeUrl, context, page, chat } = await cutOff(4390)
  await server.start()
  await nothingWaits(chat)
  const others: Frame[] = []
  for (let count = 0; count < 4; count++) {
    const { chat: other } = await openTab(context, exchangeUrl)
    await other.getByRole('button', { name: /Assistant/ }).click()
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
    await expect.poll(() => wordsIn(other)).toEqual([...ALL, 'one more thing'])
  }
  const { chat: fresh } = await openTab(context, exchangeUrl)
  await fresh.getByRole('button', { name: /Assistant/ }).click()
  await fresh.getByText('one more thing').waitFor()
  expect(await wordsIn(fresh)).toEqual([...ALL, 'one more thing'])
})

test('[S-5] on disk there is no word to read, and a key that nobody can take', async () => {
  const { chat } = await cutOff(4392)
  const { items, extractable, text } = await keptIn(chat)
  expect(items).toBe(2)
  expect(extractable).toEqual([false])
  expect(text).not.toMatch(/are you there|hello|deposit/)
})

test('[S-5] after shutdown, with another tab open, there are no words and no key on the device', async () => {
  const { server, exchangeUrl, context, page } = await cutOff(4394)
  await server.start()
  const { chat: other } = await openTab(context, exchangeUrl)
  await isKept(other, 0)
  await server.end('SIGKILL')
  const chat = await chatFrame(page)
  await say(chat, 'nobody else should read this')
  await isKept(chat, 1)
  await shutDown(page)
  await page.waitForFunction(() => window.frames.length === 0)
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
  const page = await (await newContext()).newPage()
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
  const { server, exchangeUrl, page } = await cutOff(4398)
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
    const context = await newContext(locale)
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
  const { chat } = await openTab(await newContext(), exchangeUrl)
  await say(chat, 'hello')
  await nothingWaits(chat)
  await server.end('SIGKILL')
  await say(chat, 'are you there')
  await chat.getByText('Kept only while this page is open.').waitFor()
  expect(await keptIn(chat)).toMatchObject({ databases: 0, items: 0 })
})

test('[G5] [S-5] the reply of an agent outlives a reload, and signing out takes everything away', async () => {
  const { server, exchangeUrl } = await newStage(4384)
  const { chat } = await openTab(await newContext(), exchangeUrl)
  await say(chat, 'where is my deposit')
  await chat.getByRole('button', { name: 'Get a person' }).first().click()
  const desk = await (await newContext()).newPage()
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
