/** Numbers in [0, 1), the same ones for the same seed on every machine. Source: mulberry32 (Tommy Ettinger, CC0). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Puts a list into a random order, in place. Source: Fisher and Yates. */
export function shuffle<T>(list: T[], random: () => number): T[] {
  for (let index = list.length - 1; index > 0; index--) {
    const other = Math.floor(random() * (index + 1))
    const held = list[index] as T
    list[index] = list[other] as T
    list[other] = held
  }
  return list
}
