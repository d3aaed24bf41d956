import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CANONICAL, PACK } from '@nightdesk/server/bot/pack/pack.ts'
import { LANGUAGES } from '@nightdesk/server/bot/training/corpus.ts'
import { describe, expect, test } from 'vitest'
import { root } from '../support/sources.ts'

/**
 * The domain pack: how customers of an exchange ask, intent by intent, in the languages that the bot will know. The
 * files are for people to read and mend; this holds what a reader would trip over.
 */

/** Asked so often that they need more ways of being asked. */
const OFTEN = new Set(
  `account_hacked deposit_missing withdraw_pending lost_2fa code_not_received login_problem reset_password kyc_how
  kyc_time kyc_rejected account_frozen withdraw_how deposit_how deposit_wrong_network deposit_memo withdraw_fee
  withdraw_limit wrong_address cancel_withdrawal withdraw_suspended fiat_deposit fiat_withdraw fiat_delay trading_fees
  register p2p_dispute human phishing liquidation txid`.split(/\s+/),
)

/** `# intent`, its phrasings a line each, an empty line. */
function read(path: string): [intent: string, phrasings: string[]][] {
  return readFileSync(join(PACK, path), 'utf8')
    .trimEnd()
    .split('\n\n')
    .map(block => {
      const [head = '', ...phrasings] = block.split('\n')
      return [head.replace(/^# /, ''), phrasings]
    })
}

test('the pack has twelve languages and the 80 intents, and those asked often are among them', () => {
  expect(LANGUAGES).toHaveLength(12)
  expect(CANONICAL).toHaveLength(80)
  expect(OFTEN.size).toBe(30)
  for (const intent of OFTEN) expect(CANONICAL).toContain(intent)
})

describe.each(LANGUAGES)('the pack in %s', language => {
  const intents = read(`${language}.txt`)
  const urgent = read(`urgent/${language}.txt`)
  const hours = read(`hours/${language}.txt`)
  const background = read(`background/${language}.txt`)

  test('has every intent, in order, asked in many ways', () => {
    expect(intents.map(([intent]) => intent)).toEqual(CANONICAL)
    for (const [intent, phrasings] of intents) {
      expect(phrasings.length, intent).toBeGreaterThanOrEqual(OFTEN.has(intent) ? 40 : 25)
    }
  })

  test('has what is urgent, who only asks for hours, and what is none of ours', () => {
    expect(urgent.map(([kind]) => kind)).toEqual(['self_harm', 'legal_deadline'])
    for (const [kind, phrasings] of urgent) expect(phrasings.length, kind).toBeGreaterThanOrEqual(30)
    expect(hours.map(([kind]) => kind)).toEqual(['support_hours'])
    for (const [kind, phrasings] of hours) expect(phrasings.length, kind).toBeGreaterThanOrEqual(30)
    expect(background.map(([name]) => name)).toEqual(['near', 'far', 'talk', 'asked'])
    expect(background.flatMap(([, lines]) => lines).length).toBeGreaterThan(900)
  })

  test('says nothing twice, nor under two intents, nor as none of ours', () => {
    const all = [...intents, ...urgent, ...hours, ...background].flatMap(([, lines]) =>
      lines.map(one => one.toLowerCase()),
    )
    const seen = new Set<string>()
    const twice = all.filter(one => seen.has(one) || !seen.add(one))
    expect(twice).toEqual([])
  })

  test('has nothing of what visitors wrote who are measured on', () => {
    const measured = ['tests/bot/visitors', 'server/src/bot/training/visitors'].flatMap(folder =>
      readFileSync(join(root, folder, `${language}.jsonl`), 'utf8')
        .trim()
        .split('\n')
        .map(line => JSON.parse(line).t.toLowerCase()),
    )
    // A few words, such as "forgot password" or "good night", anybody writes who writes without having seen the others.
    for (const written of [[...intents, ...urgent, ...hours], background]) {
      const known = new Set(written.flatMap(([, lines]) => lines.map(one => one.toLowerCase())))
      const shared = measured.filter(one => known.has(one))
      expect(shared.length, shared.join('; ')).toBeLessThan(measured.length * 0.03)
    }
  })

  test('is clean text: nothing around it, nothing empty, nothing that is no question to us', () => {
    for (const [intent, phrasings] of [...intents, ...urgent, ...hours, ...background]) {
      for (const phrasing of phrasings) {
        expect(phrasing, intent).toBe(phrasing.trim())
        expect(phrasing, intent).not.toMatch(/^#|\t|\p{Cc}|https?:|\d{9}|0x[0-9a-f]{8}/iu)
        expect(phrasing.length, `${intent}: ${phrasing}`).toBeLessThanOrEqual(300)
        expect(phrasing.isWellFormed()).toBe(true)
      }
    }
  })
})
