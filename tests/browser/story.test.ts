import type { Browser, Frame, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { chatFrame, launchChromium, newPageIn, openChat, watchForTrouble } from '../support/chromium.ts'
import { newStage } from '../support/stage.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launchChromium()
})
afterAll(() => browser.close())

const newPage = () => newPageIn(browser)

/** The words of people in a log, in order, as they stand on screen. */
const wordsIn = (log: Frame | Page) =>
  log
    .locator('[role=log] li.m p.b')
    .evaluateAll(bubbles => bubbles.map(bubble => bubble.textContent?.trim() ?? ''))

const send = async (frame: Frame, text: string) => {
  await frame.getByRole('textbox').fill(text)
  await frame.getByRole('textbox').press('Enter')
}
const reply = async (desk: Page, text: string) => {
  await desk.getByRole('textbox', { name: 'Reply' }).fill(text)
  await desk.getByRole('textbox', { name: 'Reply' }).press('Control+Enter')
}

test('the first conversation: one tag, a bot, a human, kill -9 in the middle, nothing lost', async () => {
  const { server, exchangeUrl } = await newStage(4360)
  const page = await newPage()
  const trouble = watchForTrouble(page)

  // Ada logs in at the exchange; the frame, on another origin, shows her own phrase.
  await page.goto(exchangeUrl)
  await page.getByRole('button', { name: 'Log in' }).first().click()
  await page.getByRole('button', { name: /Ada/ }).click()
  await page.waitForLoadState('load')
  const chat = await openChat(page)
  await chat.getByText('amber kettle').waitFor()
  expect(new URL(chat.url()).origin).not.toBe(new URL(page.url()).origin)

  // She asks; the bot answers from the FAQ and says what it is.
  await send(chat, 'where is my deposit')
  await chat.getByText('You are writing with an assistant, not with a person.').waitFor()
  await chat.getByText('Reviewed 12 November').waitFor()

  // She wants a person and waits, with a place.
  await chat.getByRole('button', { name: 'Get a person' }).click()
  await chat.getByText('1st', { exact: true }).waitFor()

  // Mara signs in with her one-time link, finds Ada in the queue and takes her.
  const desk = await newPage()
  const deskTrouble = watchForTrouble(desk)
  const link = await server.signInLink('Mara')
  await desk.goto(link)
  await desk.getByRole('tab', { name: /Queue/ }).click()
  expect(desk.url()).not.toContain('link=')
  await desk.getByRole('button', { name: /Ada/ }).first().click()
  await desk.getByText('where is my deposit').first().waitFor()
  await desk.getByRole('button', { name: /^Take/ }).first().click()
  await chat.getByText('Mara joined').waitFor()

  await reply(desk, 'Hello Ada. I have read it all.')
  await chat.getByText('Hello Ada. I have read it all.').waitFor()
  await send(chat, 'thank you, is it safe')
  await desk.locator('[role=log]').getByText('thank you, is it safe').waitFor()

  // kill -9. Both go on writing; nothing is shown as delivered.
  await server.end('SIGKILL')
  await chat.getByText('No connection.').waitFor()
  await send(chat, 'are you still there')
  await send(chat, 'hello?')
  await reply(desk, 'One moment, checking.')
  await chat.getByText('Sending').first().waitFor()
  await server.start()

  // It goes on where it was: everything once, in one order, on both sides.
  await chat.getByText('One moment, checking.').waitFor({ timeout: 20_000 })
  await desk.locator('[role=log]').getByText('hello?').waitFor({ timeout: 20_000 })
  await chat.getByText('Sending').first().waitFor({ state: 'detached', timeout: 20_000 })
  const seen = await wordsIn(chat)
  expect([...seen].sort()).toEqual(
    [
      'Hello Ada. I have read it all.',
      'One moment, checking.',
      'are you still there',
      'hello?',
      'thank you, is it safe',
      'where is my deposit',
    ].sort(),
  )
  expect(seen.indexOf('are you still there')).toBeLessThan(seen.indexOf('hello?'))
  expect(await wordsIn(desk)).toEqual(seen)

  // A reload and a second tab find the same conversation.
  await page.reload()
  const again = await chatFrame(page)
  await page.evaluate(() => (window as unknown as { Nightdesk: { open(): void } }).Nightdesk.open())
  await again.getByRole('button', { name: /Mara/ }).click()
  await again.getByText('One moment, checking.').waitFor()
  expect(await wordsIn(again)).toEqual(seen)
  const tab = await page.context().newPage()
  await tab.goto(exchangeUrl)
  const second = await openChat(tab)
  await second.getByRole('button', { name: /Mara/ }).click()
  await second.getByText('One moment, checking.').waitFor()
  await send(second, 'from the second tab')
  await again.getByText('from the second tab').waitFor()
  await desk.locator('[role=log]').getByText('from the second tab').waitFor()

  // Mara closes; Ada is told and may write again.
  await desk
    .getByRole('button', { name: /^Close/ })
    .first()
    .click()
  await again.getByText('Mara closed this conversation').waitFor()
  await again.getByRole('button', { name: 'Write again' }).waitFor()

  // The link was good once.
  const thief = await newPage()
  await thief.goto(link)
  await thief.getByText('used or has expired').waitFor()

  expect(trouble).toEqual([])
  expect(deskTrouble).toEqual([])
})

test('a guest keeps the chat over a reload; a stranger in another browser sees nothing of it', async () => {
  const { exchangeUrl } = await newStage(4362)
  const page = await newPage()
  await page.goto(exchangeUrl)
  const chat = await openChat(page)
  await send(chat, 'what are the trading fees')
  await chat
    .getByText(/Reviewed \d/)
    .first()
    .waitFor()
  await page.reload()
  const again = await openChat(page)
  await again.getByText('Open conversation').waitFor()

  const stranger = await newPage()
  await stranger.goto(exchangeUrl)
  const other = await openChat(stranger)
  await other.getByText('Common questions').waitFor()
  expect(await other.getByText('Open conversation').count()).toBe(0)
})

test('one tag and one request before a click; no token in any address or in the storage of the exchange', async () => {
  const { server, exchangeUrl } = await newStage(4364)
  const page = await newPage()
  const requests: string[] = []
  page.on('request', request => requests.push(request.url()))
  await page.goto(exchangeUrl)
  await page.waitForTimeout(500)
  expect(requests.filter(url => url.startsWith(server.origin))).toEqual([`${server.origin}/widget.js`])

  const chat = await openChat(page)
  await send(chat, 'where is my deposit')
  await chat
    .getByText(/Reviewed \d/)
    .first()
    .waitFor()
  const tokens = await chat.evaluate(() => Object.values({ ...localStorage }))
  expect(tokens).toHaveLength(1)
  for (const url of requests) expect(url).not.toContain(tokens[0])
  const kept = await page.evaluate(() =>
    JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]),
  )
  expect(kept).not.toContain(tokens[0])
  const globals = await page.evaluate(() => Object.keys(window).filter(name => /night/i.test(name)))
  expect(globals).toEqual(['Nightdesk'])
})

test('calls that were made before the tag loaded are carried out, and events reach the page', async () => {
  const { exchangeUrl } = await newStage(4366)
  const page = await newPage()
  await page.addInitScript(() => {
    const events: string[] = []
    Object.assign(window, { Nightdesk: [['on', 'opened', () => events.push('opened')], ['open']], events })
  })
  await page.goto(exchangeUrl)
  const chat = await chatFrame(page)
  await chat.getByText('Common questions').waitFor()
  expect(await page.evaluate(() => (window as unknown as { events: string[] }).events)).toEqual(['opened'])
})
