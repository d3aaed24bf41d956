import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startCluster } from '@nightdesk/demo/cluster.ts'
import { inviteAgents, keepSecrets, keepSite, openExchange } from '@nightdesk/demo/setup.ts'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { launchChromium, newPageIn, openChat, watchForTrouble } from '../support/chromium.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launchChromium()
})
afterAll(() => browser.close())

const newPage = () => newPageIn(browser)

async function newCluster(port: number) {
  const dir = mkdtempSync(join(tmpdir(), 'nightdesk-'))
  const [publicUrl, exchangeUrl] = [`http://localhost:${port}`, `http://localhost:${port + 1}`]
  const secrets = keepSecrets(dir)
  const { site, file: sitesFile } = keepSite(dir, exchangeUrl, secrets.identity)
  const secretKey = secrets.server
  const cluster = await startCluster({ port, publicUrl, secretKey, sitesFile, logLevel: 'error' })
  const exchange = await openExchange(port + 1, publicUrl, site)
  onTestFinished(async () => {
    await exchange.close()
    await cluster.stop()
    rmSync(dir, { recursive: true, force: true })
  })
  const [mara] = await inviteAgents(cluster.databaseUrl, secretKey, publicUrl)
  return { cluster, exchangeUrl, link: mara?.url ?? '' }
}

test('[G1–G5] two nodes behind HAProxy over PostgreSQL and Redis: a conversation goes on while either node is killed', async () => {
  const { cluster, exchangeUrl, link } = await newCluster(4370)
  const [page, desk] = [await newPage(), await newPage()]
  const trouble = [watchForTrouble(page), watchForTrouble(desk)]
  await page.goto(exchangeUrl)
  const chat = await openChat(page)
  const say = async (text: string) => {
    await chat.getByRole('textbox').fill(text)
    await chat.getByRole('textbox').press('Enter')
  }
  const reply = async (text: string) => {
    await desk.getByRole('textbox', { name: 'Reply' }).fill(text)
    await desk.getByRole('textbox', { name: 'Reply' }).press('Control+Enter')
  }
  await say('where is my deposit')
  await chat.getByText(/Reviewed \d/).waitFor()
  await chat.getByRole('button', { name: 'Get a person' }).click()
  await desk.goto(link)
  await desk.getByRole('tab', { name: /Queue/ }).click()
  await desk.getByText('where is my deposit').first().click()
  await desk.getByRole('button', { name: /^Take/ }).first().click()
  await chat.getByText('Mara joined').waitFor()

  const spoken = ['where is my deposit']
  for (let round = 0; round < 4; round++) {
    await cluster.kill(round % 2)
    for (const who of [say, reply]) {
      const words = `${who === say ? 'visitor' : 'agent'} ${round}`
      await who(words)
      spoken.push(words)
    }
    for (const screen of [chat, desk]) {
      for (const words of spoken.slice(-2)) {
        await screen.getByText(words, { exact: true }).last().waitFor({ timeout: 20_000 })
      }
    }
    await chat.getByText('Sending').first().waitFor({ state: 'detached', timeout: 20_000 })
    // The next one is killed only when this one is back: one at a time is what two nodes are for.
    await page.waitForTimeout(2500)
  }
  const wordsIn = (screen: Pick<Page, 'locator'>) =>
    screen
      .locator('[role=log] li.m p.b')
      .evaluateAll(bubbles => bubbles.map(bubble => bubble.textContent?.trim() ?? ''))
  const seen = await wordsIn(chat)
  expect([...seen].sort()).toEqual([...spoken].sort())
  expect(await wordsIn(desk)).toEqual(seen)
  expect(trouble.flat()).toEqual([])
})
