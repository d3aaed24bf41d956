import { ago, number, price } from './format.js'
import { lastTradeAt, priceAt } from './market.js'

// Coins without a chart of their own here have a fixed price.
const prices = { BTC: 0, ETH: 3140.6, SOL: 148.22, USDT: 1 }
const order = document.querySelector('#order')
const dialog = document.querySelector('#log-in')
const { customer } = await (await fetch('/api/me')).json()

for (const button of document.querySelectorAll('[data-open-log-in]'))
  button.addEventListener('click', () => dialog.showModal())
for (const part of document.querySelectorAll(customer ? '.customer' : '.guest')) part.hidden = false
if (customer) introduce()
order.price.value = price(priceAt(lastTradeAt()))
revalue(priceAt(lastTradeAt()))

document.addEventListener('price', event => revalue(event.detail))
order.addEventListener('input', showOrder)
order.addEventListener('submit', event => {
  event.preventDefault()
  if (!customer) return dialog.showModal()
  put('order', 'note', 'Northgate is a demo, so no order was placed.')
})

function revalue(bitcoin) {
  prices.BTC = bitcoin
  if (customer) showBalances()
  showOrder()
}

function introduce() {
  put('customer', 'name', customer.name).lang = customer.locale
  put('customer', 'phrase', customer.phrase).lang = customer.locale
  place('customer', 'activity').append(...customer.activity.map(activityRow))
}

function activityRow({ what, detail, pending, minutesAgo }) {
  const row = document.createElement('li')
  row.className = pending ? 'pending' : ''
  row.append(element('b', what), element('time', ago(minutesAgo)), element('span', detail))
  return row
}

function showBalances() {
  const owned = Object.entries(customer.balances)
  const values = owned.map(([asset, amount]) => number(amount) * prices[asset])
  const rows = owned.map(([asset, amount], i) => {
    const row = document.createElement('tr')
    row.append(element('td', asset), element('td', amount), element('td', price(values[i])))
    return row
  })
  place('customer', 'balances').replaceChildren(...rows)
  put('customer', 'worth', `about ${price(values.reduce((sum, value) => sum + value, 0))} USDT`)
}

function showOrder() {
  const buying = order.side.value === 'Buy'
  const total = number(order.price.value) * number(order.amount.value)
  const spent = buying ? 'USDT' : 'BTC'
  const owned = customer?.balances[spent]
  put('order', 'available', owned ? `${owned} ${spent}` : '–')
  put('order', 'fee', total > 0 ? `${price(total / 1000)} USDT` : '–')
  put('order', 'total', total > 0 ? `${price(total)} USDT` : '–')
  order.querySelector('.main').textContent = customer ? `${order.side.value} BTC` : 'Log in to trade'
}

function element(tag, text) {
  const made = document.createElement(tag)
  made.textContent = text
  return made
}

function place(group, name) {
  return document.querySelector(`[data-${group}=${name}]`)
}

function put(group, name, text) {
  const found = place(group, name)
  found.textContent = text
  return found
}
