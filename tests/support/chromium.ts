import { execFileSync } from 'node:child_process'
import { type Browser, chromium, type Frame, type Page } from 'playwright-core'
import { onTestFinished } from 'vitest'

/** Chromium without the calls home that a closed network answers with errors. */
const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export function launchChromium(): Promise<Browser> {
  const executablePath = execFileSync('sh', ['-c', 'command -v chromium'], { encoding: 'utf8' }).trim()
  return chromium.launch({ executablePath, args: ARGS })
}

/** A browser of somebody of their own, for the length of a test: nothing in it is shared with another. */
export async function newPageIn(browser: Browser, viewport = { width: 1440, height: 900 }): Promise<Page> {
  const context = await browser.newContext({ viewport, locale: 'en-GB' })
  onTestFinished(() => context.close())
  return context.newPage()
}

/** Presses the launcher and answers the visitor's frame. The launcher sits in a closed shadow root. */
export async function openChat(page: Page): Promise<Frame> {
  await page.waitForFunction(() => 'Nightdesk' in window)
  await page.evaluate(() => (window as unknown as { Nightdesk: { open(): Promise<void> } }).Nightdesk.open())
  return chatFrame(page)
}

export async function chatFrame(page: Page): Promise<Frame> {
  for (;;) {
    const frame = page.frames().find(one => one.url().includes('/frame/'))
    if (frame) return frame
    await page.waitForTimeout(20)
  }
}

/** Everything that a page should never say: errors, refused loads, policy reports. */
export function watchForTrouble(page: Page): string[] {
  const trouble: string[] = []
  page.on('pageerror', error => trouble.push(`error: ${error.message}`))
  page.on('console', message => {
    const text = message.text()
    // A line that breaks is what some of these tests are about.
    const expected = /ERR_CONNECTION_REFUSED|WebSocket|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE/.test(text)
    if (message.type() === 'error' && !expected) trouble.push(`console: ${text}`)
  })
  return trouble
}
