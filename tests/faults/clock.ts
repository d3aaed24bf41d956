/** Milliseconds that no leap of a clock touches: rows that move `Date.now` are measured as well. */
export const clock = (): number => performance.timeOrigin + performance.now()

export const sleep = (ms: number) => new Promise<void>(done => setTimeout(done, ms))

export const between = (low: number, high: number) => low + Math.random() * (high - low)

/** Waits until it is so, for at most `within` milliseconds. Answers how long it took, or `undefined`. */
export async function until(
  isSo: () => boolean | Promise<boolean>,
  within: number,
): Promise<number | undefined> {
  const since = clock()
  while (clock() - since < within) {
    if (await isSo()) return clock() - since
    await sleep(20)
  }
  return undefined
}
