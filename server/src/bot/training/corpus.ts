import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { INTENTS, PACK, readPack } from '../pack/pack.ts'

/** One text and the number of its class. */
export type Labelled = { text: string; label: number }

/** A way of asking, in which language, for the intent of which number. */
export type Phrased = Labelled & { language: string }

/** A labelled set of another field, and what its visitors may say that it has no class for. */
export type Field = { name: string; classes: number; examples: Labelled[]; elsewhere: string[] }

/** All that the encoder learns from. Where each set comes from and under which licence: data/README.md. */
export type Corpus = {
  asked: Phrased[]
  /** What customers say that is no intent of ours. */
  background: string[]
  /** The same sentence in two languages. */
  pairs: [string, string][]
  /** Labelled sets of other fields, from which it learns what paraphrases are. */
  fields: Field[]
}

export function readCorpus(): Corpus {
  const banking = readLabelled('banking77.train.tsv.gz')
  const clinc = readLabelled('clinc150.train.tsv.gz')
  const inScope = clinc.filter(([label]) => label !== 'oos')
  const outOfScope = clinc.filter(([label]) => label === 'oos').map(([, text]) => text)
  const near = LANGUAGES.flatMap(language => readBackground(language, ['near']))
  const far = LANGUAGES.flatMap(language => readBackground(language, ['far', 'talk']))
  const asked = LANGUAGES.flatMap(language => readBackground(language, ['asked']))
  return {
    asked: LANGUAGES.flatMap(language =>
      readPack(language).map(({ text, intent }) => ({ text, language, label: INTENTS.indexOf(intent) })),
    ),
    background: [
      ...near,
      ...far,
      ...asked,
      ...outOfScope,
      // A voice assistant's customers want nothing of ours, but every fourth of them is enough to know it.
      ...inScope.filter((_, index) => index % 4 === 0).map(([, text]) => text),
    ],
    pairs: readPairs(),
    fields: [
      field('banking77', banking, [
        ...far,
        ...outOfScope,
        ...inScope.filter(([label]) => !OF_BANKS.has(label)).map(([, text]) => text),
      ]),
      // It has classes for small talk and much else that is far from an exchange.
      field('clinc150', inScope, [...near, ...outOfScope]),
    ],
  }
}

/** CLINC150's classes of what Banking77's customers ask, too. */
const OF_BANKS = new Set(
  `account_blocked application_status apr balance bill_balance bill_due card_declined credit_limit credit_limit_change
  credit_score damaged_card direct_deposit exchange_rate expiration_date freeze_account improve_credit_score income
  interest_rate international_fees min_payment new_card order_checks pay_bill pin_change redeem_rewards
  replacement_card_duration report_fraud report_lost_card rewards_balance routing spending_history taxes transactions
  transfer`.split(/\s+/),
)

const DATA = join(import.meta.dirname, 'data')
export const LANGUAGES = readdirSync(PACK)
  .filter(name => /^[a-z]{2}\.txt$/.test(name))
  .map(name => basename(name, '.txt'))

/** What customers say that is no intent of ours: of the parts that begin with these names. */
function readBackground(language: string, parts: readonly string[]): string[] {
  return readFileSync(join(PACK, 'background', `${language}.txt`), 'utf8')
    .split(/^# /m)
    .map(part => part.split('\n'))
    .filter(([name = '']) => parts.includes(name))
    .flatMap(([, ...lines]) => lines.filter(line => line !== ''))
}

const readLines = (name: string): string[] =>
  gunzipSync(readFileSync(join(DATA, name)))
    .toString()
    .split('\n')
    .filter(line => line !== '')

const readLabelled = (name: string): [label: string, text: string][] =>
  readLines(name).map(line => {
    const [label = '', text = ''] = line.split('\t')
    return [label, text]
  })

function field(name: string, rows: [label: string, text: string][], elsewhere: string[]): Field {
  const labels = [...new Set(rows.map(([label]) => label))]
  return {
    name,
    classes: labels.length,
    examples: rows.map(([label, text]) => ({ text, label: labels.indexOf(label) })),
    elsewhere,
  }
}

/** Sentences, not single words of an interface, and not whole paragraphs, in the languages that the pack has. */
function readPairs(): [string, string][] {
  return readLines('parallel-crypto.tsv.gz')
    .map(line => line.split('\t'))
    .filter(([language = '', english = '', other = '']) => {
      const isOurs = LANGUAGES.includes(language.slice(0, 2))
      return isOurs && english.length > 3 && english.length < 160 && other.length > 1
    })
    .map(([, english = '', other = '']) => [english, other])
}
