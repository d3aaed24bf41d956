import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { INTENTS, PACK, readPack } from '../pack/pack.ts'

/** One text and the number of its class. */
export type Labelled = { text: string; label: number }

/** A way of asking, in which language, for the intent of which number. */
export type Asked = Labelled & { language: string }

/** A labelled set of another field. */
export type Field = { name: string; classes: number; examples: Labelled[] }

/** All that the encoder learns from. Where each set comes from and under which licence: data/README.md. */
export type Corpus = {
  asked: Asked[]
  /** What customers say that is no intent of ours. */
  background: string[]
  /** The same sentence in two languages. */
  pairs: [string, string][]
  /** Labelled sets of other fields, from which it learns what paraphrases are. */
  fields: Field[]
}

export function readCorpus(): Corpus {
  const clinc = readLabelled('clinc150.train.tsv.gz')
  return {
    asked: LANGUAGES.flatMap(language =>
      readPack(language).map(({ text, intent }) => ({ text, language, label: INTENTS.indexOf(intent) })),
    ),
    background: [
      ...LANGUAGES.flatMap(readBackground),
      ...clinc.filter(([label]) => label === 'oos').map(([, text]) => text),
      // A voice assistant's customers want nothing of ours, but every fourth of them is enough to know it.
      ...clinc.filter(([label], index) => label !== 'oos' && index % 4 === 0).map(([, text]) => text),
    ],
    pairs: readPairs(),
    fields: [
      field('banking77', readLabelled('banking77.train.tsv.gz')),
      field(
        'clinc150',
        clinc.filter(([label]) => label !== 'oos'),
      ),
    ],
  }
}

const DATA = join(import.meta.dirname, 'data')
export const LANGUAGES = readdirSync(PACK)
  .filter(name => /^[a-z]{2}\.txt$/.test(name))
  .map(name => basename(name, '.txt'))

function readBackground(language: string): string[] {
  return readFileSync(join(PACK, 'background', `${language}.txt`), 'utf8')
    .split('\n')
    .filter(line => line !== '' && !line.startsWith('# '))
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

function field(name: string, rows: [label: string, text: string][]): Field {
  const labels = [...new Set(rows.map(([label]) => label))]
  return {
    name,
    classes: labels.length,
    examples: rows.map(([label, text]) => ({ text, label: labels.indexOf(label) })),
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
