const two = new Intl.NumberFormat('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 })
const five = new Intl.NumberFormat('en', { minimumFractionDigits: 5, maximumFractionDigits: 5 })
const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })
const percent = new Intl.NumberFormat('en', {
  style: 'percent',
  minimumFractionDigits: 2,
  signDisplay: 'always',
})
const hoursMinutes = new Intl.DateTimeFormat('en', { timeStyle: 'short', hourCycle: 'h23' })
const seconds = new Intl.DateTimeFormat('en', { timeStyle: 'medium', hourCycle: 'h23' })
const past = new Intl.RelativeTimeFormat('en', { numeric: 'auto' })

export const price = value => two.format(value)
export const amount = value => five.format(value)
export const coins = value => whole.format(value)
export const change = value => percent.format(value).replace('-', '−')
export const clock = time => hoursMinutes.format(time)
export const exactly = time => seconds.format(time)
export const number = text => Number.parseFloat(text.replaceAll(',', ''))

export function ago(minutes) {
  if (minutes < 60) return past.format(-minutes, 'minute')
  if (minutes < 1440) return past.format(-Math.round(minutes / 60), 'hour')
  return past.format(-Math.round(minutes / 1440), 'day')
}
