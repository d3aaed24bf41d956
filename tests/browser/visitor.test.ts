import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { chatFrame, launchChromium, newPageIn, openChat } from '../support/chromium.ts'
import { newStage } from '../support/stage.ts'

/** What people do between the lines of the story. */
let browser: Browser
beforeAll(async () => {
  browser = await launchChromium()
})
afterAll(() => browser.close())

const newPage = (viewport?: { width: number; height: number }) => newPageIn(browser, viewport)

type Nightdesk = Record<string, (argument?: unknown) => Promise<unknown>>
const call = (page: Page, method: string, argument?: unknown) =>
  page.evaluate(
    ([name, given]) => (window as unknown as { Nightdesk: Nightdesk }).Nightdesk[name as string]?.(given),
    [method, argument] as const,
  )

test('the keyboard never falls into nothing: after the first words, after a topic, after going back', async () => {
  const { exchangeUrl } = await newStage(4340)
  const page = await newPage()
  await page.goto(exchangeUrl)
  const chat = await openChat(page)
  const focused = () => chat.evaluate(() => document.activeElement?.tagName.toLowerCase())
  await chat.getByRole('textbox').fill('hello')
  await page.keyboard.press('Enter')
  await chat.getByText('hello', { exact: true }).waitFor()
  await page.keyboard.type('more words')
  expect(await chat.getByRole('textbox').inputValue()).toBe('more words')
  await chat.getByRole('button', { name: 'Back' }).click()
  await chat.getByText('Common questions').waitFor()
  expect(await focused()).not.toBe('body')
  await chat.getByRole('button', { name: 'My account was hacked' }).click()
  await chat
    .getByText(/Reviewed \d/)
    .first()
    .waitFor()
  expect(await focused()).not.toBe('body')
  await page.keyboard.press('Escape')
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('NIGHTDESK-WIDGET')
})

test('wishes made without a line are carried out when it is back: words, a person, an opened conversation', async () => {
  const { server, exchangeUrl } = await newStage(4342)
  const page = await newPage()
  await page.goto(exchangeUrl)
  const chat = await openChat(page)
  await chat.getByRole('textbox').fill('where is my deposit')
  await page.keyboard.press('Enter')
  await chat
    .getByText(/Reviewed \d/)
    .first()
    .waitFor()
  await chat.getByRole('button', { name: 'Back' }).click()
  await server.end('SIGKILL')
  await chat.getByText('No connection.').waitFor()
  await chat.getByRole('button', { name: /Assistant/ }).click()
  await chat.getByRole('textbox').fill('are you there')
  await page.keyboard.press('Enter')
  await chat.getByRole('button', { name: 'Get a person' }).first().click()
  await server.start()
  await chat.getByText('You asked for a person').waitFor({ timeout: 15_000 })
  await chat.getByText('where is my deposit').waitFor()
  await chat.getByText('are you there').waitFor()
})

test('another customer on the same page sees nothing of the one before, and sends nothing of theirs', async () => {
  const { exchangeUrl } = await newStage(4344)
  const page = await newPage()
  await page.goto(exchangeUrl)
  const logIn = (customer: string) =>
    page.evaluate(
      name =>
        fetch('/log-in', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ customer: name }),
        }).then(() => undefined),
      customer,
    )
  await logIn('cus_ada')
  const chat = await openChat(page)
  await chat.getByText('amber kettle').waitFor()
  await chat.getByRole('textbox').fill('this is between Ada and support')
  await page.keyboard.press('Enter')
  await chat.getByText('Assistant').first().waitFor()
  await chat.getByRole('textbox').fill('half a word of Ada')

  await logIn('cus_tomas')
  await call(page, 'identify')
  await chat.getByText('paper lantern').waitFor()
  expect(await chat.locator('.view').textContent()).not.toContain('Ada')
  expect(await chat.getByRole('textbox').inputValue()).toBe('')
  expect(await chat.getByText('Open conversation').count()).toBe(0)
})

test('shutdown leaves nothing of the visitor on the device', async () => {
  const { server, exchangeUrl } = await newStage(4346)
  const page = await newPage()
  await page.goto(exchangeUrl)
  const chat = await openChat(page)
  await chat.getByRole('textbox').fill('a secret of mine')
  await page.keyboard.press('Enter')
  await chat.getByText('Assistant').first().waitFor()
  await call(page, 'shutdown')
  await page.waitForFunction(() => window.frames.length === 0)
  const look = await page.context().newPage()
  await look.goto(`${server.origin}/frame/st_demo`)
  expect(await look.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))).toBe('{}')
  const again = await openChat(page)
  await again.getByText('Common questions').waitFor()
  expect(await again.getByText('Open conversation').count()).toBe(0)
})

test('on a phone, a frame that fails to load traps nobody: the launcher stays, closes, and tries again', async () => {
  const { exchangeUrl } = await newStage(4348)
  const page = await newPage({ width: 390, height: 844 })
  await page.route('**/frame/**', route =>
    route.fulfill({ status: 503, body: '{"error":{"code":"NOT_READY"}}' }),
  )
  await page.goto(exchangeUrl)
  await page.waitForFunction(() => 'Nightdesk' in window)
  const isOpen = async () => ((await call(page, 'state')) as { open: boolean }).open
  const pressLauncher = () => page.mouse.click(390 - 24 - 28, 844 - 24 - 28)
  await pressLauncher()
  await page.waitForTimeout(2500)
  expect(await isOpen()).toBe(true)
  await pressLauncher()
  expect(await isOpen()).toBe(false)

  await page.unroute('**/frame/**')
  await pressLauncher()
  // The failed frame is taken away and another one comes.
  const questions = async () => (await chatFrame(page)).getByText('Common questions').count()
  await expect.poll(() => questions().catch(() => 0), { timeout: 5000 }).toBe(1)
})

test('setting the theme or the language of a chat that nobody opened connects nobody', async () => {
  const { exchangeUrl } = await newStage(4350)
  const page = await newPage()
  const sockets: string[] = []
  page.on('websocket', socket => sockets.push(socket.url()))
  await page.goto(exchangeUrl)
  await page.waitForFunction(() => 'Nightdesk' in window)
  await call(page, 'setTheme', 'dark')
  await call(page, 'setLocale', 'zh-Hans')
  await page.waitForTimeout(1000)
  expect(sockets).toEqual([])
  const chat = await openChat(page)
  await chat.getByText('常见问题').waitFor()
  expect(await chat.evaluate(() => document.documentElement.dataset.theme)).toBe('dark')
})
