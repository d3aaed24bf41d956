import { candleCount, drawChart } from './chart.js'
import { amount, change, coins, exactly, price } from './format.js'
import { bookAt, candlesUntil, dayUntil, lastTradeAt, priceAt, tradesUntil } from './market.js'

const calm = matchMedia('(prefers-reduced-motion: reduce)')
const canvas = document.querySelector('canvas')
const asks = rows('.asks', 14)
const bids = rows('.bids', 14)
const trades = rows('.trades tbody', 16)
let now = 0
let before = 0

tick()
new ResizeObserver(chart).observe(canvas)
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', chart)

function tick() {
  now = lastTradeAt()
  header()
  chart()
  const book = bookAt(now, asks.length)
  // The best ask stands next to the middle, so the asks run upwards.
  book.asks.toReversed().forEach((level, i) => {
    bookRow(asks[i], level, book)
  })
  book.bids.forEach((level, i) => {
    bookRow(bids[i], level, book)
  })
  live('spread', `Spread ${price(book.asks[0].price - book.bids[0].price)}`)
  tradesUntil(now, trades.length).forEach((trade, i) => {
    cells(trades[i], price(trade.price), amount(trade.amount), exactly(trade.time))
    trades[i].className = trade.rose ? 'up' : 'down'
  })
  setTimeout(tick, calm.matches ? 5000 : 1500)
}

function header() {
  const last = priceAt(now)
  const day = dayUntil(now)
  const direction = last >= before ? 'up' : 'down'
  before = last
  live('last', price(last), direction)
  live('middle', `${price(last)} ${direction === 'up' ? '↑' : '↓'}`, direction)
  live('change', change(day.change), day.change >= 0 ? 'up' : 'down')
  live('high', price(Math.max(last, day.high)))
  live('low', price(Math.min(last, day.low)))
  live('volume', coins(day.volume))
  document.title = `${price(last)} BTC/USDT · Northgate`
  document.dispatchEvent(new CustomEvent('price', { detail: last }))
}

function chart() {
  const candles = candlesUntil(now, candleCount(canvas))
  const { open, high, low, close } = candles.at(-1)
  live('candle', `O ${price(open)}  H ${price(high)}  L ${price(low)}  C ${price(close)}`)
  drawChart(canvas, candles)
}

function bookRow(row, level, book) {
  const deepest = Math.max(book.asks.at(-1).total, book.bids.at(-1).total)
  cells(row, price(level.price), amount(level.amount), amount(level.total))
  row.style.setProperty('--depth', `${(100 * level.total) / deepest}%`)
}

function live(name, text, direction) {
  const place = document.querySelector(`[data-live=${name}]`)
  place.textContent = text
  if (direction) place.className = direction
}

function rows(selector, count) {
  const body = document.querySelector(selector)
  return Array.from({ length: count }, () => {
    const row = body.insertRow()
    for (let i = 0; i < 3; i += 1) row.insertCell()
    return row
  })
}

function cells(row, ...texts) {
  texts.forEach((text, i) => {
    row.cells[i].textContent = text
  })
}
