import type { Browser, BrowserContext, Page } from 'playwright-core'
import { openChat } from './chromium.ts'
import type { newStage } from './stage.ts'

/**
 * Everything a person can meet in a first conversation, one scene after the other, so that the same walk serves
 * the pictures and the checks of accessibility.
 */
export type Look = { width: number; height: number; theme: 'light' | 'dark'; locale: string }
export type Seen = (scene: string, page: Page) => Promise<void>
type Stage = Awaited<ReturnType<typeof newStage>>

const WORDS = {
  en: {
    ask: 'where is my deposit',
    vague: 'withdrawal problem',
    unknown: 'what is the weather in Lisbon on sunday',
    hello: 'Hello Ada. I have read it all.',
    long: 'I sent 250.00 USDT from my own wallet, the transaction is 7f3c9b02d1a84ce09b17aa52cc04d3f0b6a1e7d85f7711c6f5e2e41ea91e0d44 and it says confirmed.',
    thanks: 'thank you',
    joined: 'joined',
  },
  'zh-Hans': {
    ask: '充值没到账怎么办',
    vague: '提现的问题',
    unknown: '周日里斯本天气怎么样',
    hello: '您好，我已经看完了全部内容。',
    long: '我从自己的钱包转了 250.00 USDT，交易哈希是 7f3c9b02d1a84ce09b17aa52cc04d3f0b6a1e7d85f7711c6f5e2e41ea91e0d44，显示已确认。',
    thanks: '谢谢',
    joined: '已加入对话',
  },
}

async function newContext(browser: Browser, look: Look): Promise<BrowserContext> {
  const { width, height, theme, locale } = look
  const phone = width < 600
  return browser.newContext({
    viewport: { width, height },
    colorScheme: theme,
    locale: locale === 'en' ? 'en-GB' : 'zh-CN',
    reducedMotion: 'reduce',
    deviceScaleFactor: phone ? 2 : 1,
    hasTouch: phone,
  })
}

/** Walks once through everything and calls `seen` at each scene. */
export async function walkScenes(browser: Browser, stage: Stage, look: Look, seen: Seen): Promise<void> {
  const { server, exchangeUrl } = stage
  const words = WORDS[look.locale as keyof typeof WORDS]
  const contexts = [await newContext(browser, look), await newContext(browser, { ...look, locale: 'en' })]
  const [visitor, agent] = contexts
  if (!visitor || !agent) return
  try {
    const desk = await agent.newPage()
    await desk.goto(`${server.origin}/desk`)
    await desk.getByRole('button', { name: 'Sign in' }).waitFor()
    await seen('desk-sign-in', desk)
    await desk.goto(await server.signInLink('Mara'))
    await desk.getByRole('tab', { name: /Queue/ }).waitFor()
    await seen('desk-empty', desk)

    const page = await visitor.newPage()
    await page.goto(exchangeUrl)
    await page.waitForFunction(() => 'Nightdesk' in window)
    await page.waitForTimeout(300)
    await seen('launcher', page)
    await page
      .getByRole('button', { name: /Log in/ })
      .first()
      .click()
    await page.getByRole('button', { name: /Ada/ }).click()
    await page.waitForLoadState('load')
    const chat = await openChat(page)
    if (look.locale !== 'en') {
      await page.evaluate(locale => {
        const { Nightdesk } = window as unknown as { Nightdesk: { setLocale(locale: string): Promise<void> } }
        return Nightdesk.setLocale(locale)
      }, look.locale)
    }
    await chat.getByText('amber kettle').waitFor()
    await seen('home', page)

    const field = () => chat.getByRole('textbox')
    const say = async (text: string) => {
      await field().fill(text)
      await chat.locator('button.send').click()
    }
    await say(words.ask)
    await chat.locator('.src').first().waitFor()
    await seen('chat-answer', page)
    await say(words.vague)
    await chat.locator('.opts').waitFor()
    await seen('chat-offer', page)
    // The second miss in a row calls a person.
    await say(words.unknown)
    await chat.locator('.q.card .big').waitFor()
    await seen('queue', page)

    await desk.getByRole('tab', { name: /Queue/ }).click()
    await desk.getByRole('button', { name: /Ada/ }).first().waitFor()
    await seen('desk-inbox', desk)
    await desk.getByRole('button', { name: /Ada/ }).first().click()
    await desk.getByRole('button', { name: /^Take/ }).first().waitFor()
    await seen('desk-queued', desk)
    await desk.getByRole('button', { name: /^Take/ }).first().click()
    const reply = desk.getByRole('textbox', { name: 'Reply' })
    await reply.fill(words.hello)
    await reply.press('Control+Enter')
    await chat.getByText(words.hello).waitFor()
    await say(words.long)
    await say(words.thanks)
    await desk.getByText(words.thanks).last().waitFor()
    await reply.fill('شكرًا، سأرسل رقم المعاملة الآن')
    await reply.press('Control+Enter')
    await chat.getByText('شكرًا').waitFor()
    await seen('chat-human', page)
    await seen('desk-chat', desk)
    await desk
      .getByRole('button', { name: /^Close/ })
      .first()
      .click()
    await chat.locator('.foot .btn.main').waitFor()
    await seen('chat-closed', page)
  } finally {
    for (const context of contexts) await context.close()
  }
}
