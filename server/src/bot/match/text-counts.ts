import { languageOf } from './language.ts'

/** How many texts each entry of an FAQ has, by the language of a message. */
export class TextCounts {
  readonly #unclear: Float64Array
  readonly #byLanguage = new Map<string, Float64Array>()
  /** The language that the FAQ has most texts in. */
  readonly #main: string | undefined

  /**
   * @param owners whose each text is
   * @param languages in which language each text is, where it says
   */
  constructor(entries: number, owners: Int32Array, languages: readonly (string | undefined)[]) {
    this.#unclear = new Float64Array(entries)
    owners.forEach((entry, text) => {
      const language = languages[text]
      if (language === undefined) this.#unclear[entry]! += 1
      else {
        const counts = this.#byLanguage.get(language) ?? new Float64Array(entries)
        counts[entry]! += 1
        this.#byLanguage.set(language, counts)
      }
    })
    const sizes = Array.from(this.#byLanguage, ([language, counts]) => ({ language, size: sum(counts) }))
    this.#main = sizes.sort((a, b) => b.size - a.size)[0]?.language
  }

  /** Texts of which nobody can tell the language count for all; such messages are taken for the FAQ's main language. */
  of(message: string): Float64Array {
    const own = this.#byLanguage.get(languageOf(message) ?? this.#main ?? '')
    return own ? own.map((count, entry) => count + this.#unclear[entry]!) : this.#unclear
  }
}

const sum = (counts: Float64Array): number => counts.reduce((total, count) => total + count, 0)
