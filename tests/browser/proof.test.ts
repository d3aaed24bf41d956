import { expect, onTestFinished, test } from 'vitest'
import { launchChromium, openChat, watchForTrouble } from '../support/chromium.ts'
import { knock, textFrame } from '../support/dials.ts'
import { newStage } from '../support/stage.ts'

/** Guests of this machine's address, as a crowd behind one address or a flood makes them. */
async function crowd(origin: string, people: number): Promise<void> {
  for (let index = 0; index < people; index++) {
    const { line } = await knock(origin)
    const heard = new Promise(resolve =>
      line.on('data', chunk => `${chunk}`.includes('40/') && resolve(chunk)),
    )
    line.write(textFrame(`40/visitor,${JSON.stringify({ protocol: 1, site: 'st_demo' })}`))
    await heard
  }
}

test('[L5] behind a crowded address a browser works a moment, and its words arrive', async () => {
  const { server, exchangeUrl } = await newStage(4370)
  await crowd(server.origin, 20)
  const browser = await launchChromium()
  onTestFinished(() => browser.close())
  const page = await browser.newPage({ locale: 'en-GB' })
  const trouble = watchForTrouble(page)
  const loaded: string[] = []
  page.on('request', request => loaded.push(new URL(request.url()).pathname))
  await page.goto(exchangeUrl)
  const chat = await openChat(page)
  expect(loaded.some(path => path.includes('/proof-'))).toBe(false)
  await chat.getByRole('textbox').fill('hello')
  await page.keyboard.press('Enter')
  await chat.getByText('Delivered').first().waitFor()
  expect(loaded.some(path => path.includes('/proof-'))).toBe(true)
  expect(trouble).toEqual([])
})

test('[L5] a browser that takes longer than a second says so, calmly, and goes on by itself', async () => {
  const { server, exchangeUrl } = await newStage(4372)
  await crowd(server.origin, 20)
  const browser = await launchChromium()
  onTestFinished(() => browser.close())
  const page = await browser.newPage({ locale: 'en-GB' })
  // A phone of long ago: every attempt takes a few milliseconds more.
  await page.addInitScript(() => {
    const derive = crypto.subtle.deriveBits.bind(crypto.subtle)
    crypto.subtle.deriveBits = async (...given) => {
      await new Promise(resolve => setTimeout(resolve, 4))
      return derive(...given)
    }
  })
  await page.goto(exchangeUrl)
  const chat = await openChat(page)
  await chat.getByRole('textbox').fill('hello')
  await page.keyboard.press('Enter')
  await chat.getByText('Checking your browser').waitFor()
  await chat.getByText('Delivered').first().waitFor()
  expect(await chat.getByText('Checking your browser').count()).toBe(0)
})
