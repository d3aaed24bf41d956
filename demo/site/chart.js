import { amount, clock, price } from './format.js'

const axisWidth = 72
const timeHeight = 24
const slot = 9

export function candleCount(canvas) {
  return Math.max(24, Math.floor((canvas.clientWidth - axisWidth) / slot))
}

/** Draws candles, their volumes, the price scale and the last price, in the colours of the style sheet. */
export function drawChart(canvas, candles) {
  const { clientWidth: width, clientHeight: height } = canvas
  if (width === 0) return
  const pen = sharpPen(canvas, width, height)
  const colour = name => getComputedStyle(canvas).getPropertyValue(name)
  const right = width - axisWidth
  const bottom = height - timeHeight
  const highest = Math.max(...candles.map(candle => candle.high))
  const lowest = Math.min(...candles.map(candle => candle.low))
  const busiest = Math.max(...candles.map(candle => candle.volume))
  const room = (highest - lowest) * 0.08
  // The lowest fifth belongs to the volumes.
  const y = value => 8 + ((highest + room - value) / (highest - lowest + 2 * room)) * (bottom * 0.8 - 8)
  const x = index => right - (candles.length - index - 0.5) * slot

  const last = candles.at(-1)
  for (const value of scale(lowest, highest)) {
    fill(pen, colour('--line'), 0, Math.round(y(value)), right, 1)
    // A scale price under the tag of the last price would be cut in half.
    if (Math.abs(y(value) - y(last.close)) > 18)
      label(pen, colour('--fg3'), price(value), width - 8, y(value), 'right')
  }
  candles.forEach((candle, index) => {
    const hue = colour(candle.close >= candle.open ? '--up' : '--down')
    const left = Math.round(x(index) - slot / 2) + 1
    const tall = (candle.volume / busiest) * bottom * 0.16
    pen.globalAlpha = 0.28
    fill(pen, hue, left, bottom - tall, slot - 2, tall)
    pen.globalAlpha = 1
    fill(pen, hue, left + 3, y(candle.high), 1, y(candle.low) - y(candle.high))
    const top = y(Math.max(candle.open, candle.close))
    fill(pen, hue, left, top, slot - 2, Math.max(1, y(Math.min(candle.open, candle.close)) - top))
    const quarter = candle.start % 900_000 === 0
    if (quarter && x(index) > 24 && x(index) < right - 16)
      label(pen, colour('--fg3'), clock(candle.start), x(index), bottom + 14, 'center')
  })
  const level = Math.round(y(last.close))
  pen.setLineDash([2, 3])
  pen.strokeStyle = colour('--brand')
  pen.strokeRect(0, level + 0.5, right, 0)
  fill(pen, colour('--brand'), right, level - 10, axisWidth, 20)
  label(pen, colour('--on-brand'), price(last.close), width - 8, level, 'right')
  label(pen, colour('--fg3'), `Vol ${amount(last.volume)}`, 16, bottom * 0.84 - 8, 'left')
}

function sharpPen(canvas, width, height) {
  canvas.width = width * devicePixelRatio
  canvas.height = height * devicePixelRatio
  const pen = canvas.getContext('2d')
  pen.scale(devicePixelRatio, devicePixelRatio)
  pen.font = `12px ${getComputedStyle(canvas).fontFamily}`
  pen.textBaseline = 'middle'
  return pen
}

function scale(lowest, highest) {
  const rough = (highest - lowest) / 6
  const size = 10 ** Math.floor(Math.log10(rough))
  const step = size * ([1, 2, 5].find(factor => factor * size >= rough) ?? 10)
  const first = Math.ceil(lowest / step) * step
  return Array.from({ length: Math.floor((highest - first) / step) + 1 }, (_, i) => first + i * step)
}

function fill(pen, colour, x, y, width, height) {
  pen.fillStyle = colour
  pen.fillRect(x, y, width, height)
}

function label(pen, colour, text, x, y, align) {
  pen.fillStyle = colour
  pen.textAlign = align
  pen.fillText(text, x, y)
}
