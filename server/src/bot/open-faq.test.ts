import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { ALLOWED_WRONG, faqBot } from './faq-bot.ts'
import { openModel } from './match/model.ts'
import { openFaq } from './open-faq.ts'

const model = openModel()
const DEMO = resolve(import.meta.dirname, '../../../demo/faq')
const FEES = 'trading_fees.md'

/** A bot over a folder of its own with three entries of the demo's. */
async function newBot() {
  const dir = mkdtempSync(join(tmpdir(), 'nightdesk-faq-'))
  for (const name of [FEES, 'kyc_time.md', 'lost_2fa.md']) cpSync(join(DEMO, name), join(dir, name))
  const changes: number[] = []
  const failures: string[] = []
  const { knows, stop } = await openFaq(model, dir, {
    onChanged: entries => changes.push(entries),
    onError: error => failures.push(`${(error as Error).message}`),
  })
  const bot = faqBot(knows, model.judge.answerAt, ALLOWED_WRONG)
  onTestFinished(() => {
    stop()
    rmSync(dir, { recursive: true, force: true })
  })
  const change = (name: string, from: string | RegExp, to: string) => {
    const path = join(dir, name)
    writeFileSync(path, readFileSync(path, 'utf8').replace(from, to))
  }
  const answer = (text: string) => {
    const reply = bot.reply({ text, locale: 'en' })
    return reply.kind === 'answer' ? reply.text : reply.kind
  }
  return { dir, bot, change, answer, changes, failures }
}

test('a changed answer is given without a restart', async () => {
  const { change, answer, changes } = await newBot()
  expect(answer('what are the trading fees')).toContain('0.16\u00a0% taker')
  change(FEES, '0.16\u00a0% taker', '0.12 % taker')
  await expect.poll(() => answer('what are the trading fees')).toContain('0.12 % taker')
  expect(changes).toEqual([3])
})

test('a new entry, and one that is gone, are known without a restart', async () => {
  const { dir, answer, changes } = await newBot()
  expect(answer('how do i reset my password')).not.toContain('reset')
  cpSync(join(DEMO, 'reset_password.md'), join(dir, 'reset_password.md'))
  await expect.poll(() => changes.at(-1)).toBe(4)
  expect(answer('how do i reset my password')).toContain('reset')
  rmSync(join(dir, 'reset_password.md'))
  await expect.poll(() => changes.at(-1)).toBe(3)
})

test('one more way of asking is learned at once', async () => {
  const { change, answer, changes } = await newBot()
  const words = 'quokka wombat numbat'
  expect(answer(words)).not.toContain('taker')
  change(FEES, '    - trading fees\n', `    - trading fees\n    - ${words}\n`)
  await expect.poll(() => changes).toEqual([3])
  expect(answer(words)).toContain('taker')
})

test('a change that cannot be used is told with file and line, and what was known goes on being answered', async () => {
  const { change, answer, changes, failures } = await newBot()
  change(FEES, 'version: 1', 'version: none')
  await expect.poll(() => failures).toHaveLength(1)
  expect(failures[0]).toMatch(/trading_fees\.md:\d+: version/)
  expect(answer('what are the trading fees')).toContain('0.16\u00a0% taker')
  change(FEES, 'version: none', 'version: 2')
  await expect.poll(() => changes).toEqual([3])
  expect(failures).toHaveLength(1)
})

test('a folder that cannot be used to begin with is refused', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'nightdesk-faq-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  writeFileSync(join(dir, 'one.md'), 'no front matter')
  const news = { onChanged: () => undefined, onError: () => undefined }
  await expect(openFaq(model, dir, news)).rejects.toMatchObject({ name: 'FaqError' })
  rmSync(join(dir, 'one.md'))
  await expect(openFaq(model, dir, news)).rejects.toThrow('it has no entries')
  await expect(openFaq(model, join(dir, 'nowhere'), news)).rejects.toThrow(/nowhere cannot be used/)
})
