// The market is a function of the clock, not a running sum: after the reload that follows a log-in the price
// carries on where it was, and two tabs show the same one.

const basePrice = 64_200
const minute = 60_000
const day = 24 * 60 * minute
const tradeEvery = 1500
// Each octave is a walk three times slower than the last. A walk strays with the square root of time.
const octaves = Array.from({ length: 12 }, (_, i) => ({ seed: i * 7919, period: 2000 * 3 ** i }))

/** The last price is the price of the last trade, wherever the page shows it. */
export function lastTradeAt() {
  return Math.floor(Date.now() / tradeEvery) * tradeEvery
}

export function priceAt(time) {
  let drift = 0
  for (const { seed, period } of octaves) drift += 1.7e-6 * Math.sqrt(period) * wander(time / period, seed)
  return basePrice * Math.exp(drift)
}

export function candlesUntil(now, count) {
  const current = Math.floor(now / minute)
  return Array.from({ length: count }, (_, i) => candle(current - count + 1 + i, now))
}

export function dayUntil(now) {
  const prices = Array.from({ length: 289 }, (_, i) => priceAt(now - (i * day) / 288))
  const change = prices[0] / prices[288] - 1
  return {
    change,
    high: Math.max(...prices),
    low: Math.min(...prices),
    volume: 18_400 + 900 * wander(now / day, 5),
  }
}

export function bookAt(now, depth) {
  const step = 2.5
  const middle = Math.round(priceAt(now) / step)
  const side = direction => {
    let total = 0
    return Array.from({ length: depth }, (_, i) => {
      const level = middle + direction * (i + 1)
      // Every level changes its size at a moment of its own, so the book never flips all at once.
      const share = chance(level * 31 + Math.floor(now / 5000 + chance(level)))
      const amount = 0.003 + 0.12 * share + 1.4 * share ** 5
      total += amount
      return { price: level * step + 1.9 * (chance(level) - 0.5), amount, total }
    })
  }
  return { asks: side(1), bids: side(-1) }
}

export function tradesUntil(now, count) {
  return Array.from({ length: count }, (_, i) => {
    const time = now - i * tradeEvery
    const rose = priceAt(time) >= priceAt(time - tradeEvery)
    return { time, price: priceAt(time), amount: 0.0004 + 0.9 * chance(time / tradeEvery) ** 4, rose }
  })
}

function candle(index, now) {
  const start = index * minute
  const end = Math.min(start + minute, now)
  const prices = Array.from({ length: 13 }, (_, i) => priceAt(start + ((end - start) * i) / 12))
  const high = Math.max(...prices)
  const low = Math.min(...prices)
  const volume = (2 + 9 * chance(index) + (high - low) / 9) * ((end - start) / minute)
  return { start, open: prices[0], close: prices[12], high, low, volume }
}

/** Smooth noise between -1 and 1. */
function wander(x, seed) {
  const from = Math.floor(x)
  const t = x - from
  const ease = t * t * (3 - 2 * t)
  return 2 * (chance(from + seed) * (1 - ease) + chance(from + 1 + seed) * ease) - 1
}

/** A number in [0, 1) that is always the same for the same seed. */
function chance(seed) {
  let n = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b)
  n = Math.imul(n ^ (n >>> 13), 0xc2b2ae35)
  n = Math.imul(n ^ (n >>> 16), 0x27d4eb2f)
  return ((n ^ (n >>> 15)) >>> 0) / 2 ** 32
}
