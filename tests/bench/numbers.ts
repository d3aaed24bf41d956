/** Ascending; latencies come in the order in which they ended. */
const sorted = (values: readonly number[]): number[] => [...values].sort((one, two) => one - two)

/** The value below which this share of all values lies; NaN of none. */
export function quantile(values: readonly number[], share: number): number {
  const ordered = sorted(values)
  return ordered[Math.min(ordered.length - 1, Math.floor(share * ordered.length))] ?? Number.NaN
}

/** The middle of an odd number of rounds, the mean of the two middle ones of an even number. */
export function median(values: readonly number[]): number {
  const ordered = sorted(values)
  const half = ordered.length / 2
  const [low, high] = [ordered[Math.ceil(half) - 1], ordered[Math.floor(half)]]
  return ((low ?? Number.NaN) + (high ?? Number.NaN)) / 2
}

/** Three significant digits, and no exponent. */
export function short(value: number): string {
  if (!Number.isFinite(value)) return '–'
  if (Math.abs(value) >= 1000) return Math.round(value).toLocaleString('en')
  return String(Number(value.toPrecision(3)))
}

export const sleep = (ms: number) => new Promise<void>(done => setTimeout(done, ms))
