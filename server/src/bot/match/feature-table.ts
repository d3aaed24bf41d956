/** Finds the row of a feature by its hash: open addressing in two flat arrays. */
export class FeatureTable {
  readonly #hashes: Uint32Array
  /** Row + 1, so that a place never written is free. */
  readonly #rows: Int32Array
  readonly #mask: number

  /** @param hashes each once; the place in the list is the row */
  constructor(hashes: Uint32Array) {
    const size = 2 ** Math.ceil(Math.log2(hashes.length * 2 + 2))
    this.#hashes = new Uint32Array(size)
    this.#rows = new Int32Array(size)
    this.#mask = size - 1
    for (let row = 0; row < hashes.length; row++) {
      const place = this.#placeOf(hashes[row] ?? 0)
      this.#hashes[place] = hashes[row] ?? 0
      this.#rows[place] = row + 1
    }
  }

  /** The row, or -1 for a feature without one. */
  rowOf(hash: number): number {
    return (this.#rows[this.#placeOf(hash)] ?? 0) - 1
  }

  #placeOf(hash: number): number {
    let place = (Math.imul(hash, 0x9e3779b1) >>> 0) & this.#mask
    while (this.#rows[place] !== 0 && this.#hashes[place] !== hash) place = (place + 1) & this.#mask
    return place
  }
}
