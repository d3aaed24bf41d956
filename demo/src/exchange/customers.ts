export interface Customer {
  id: string
  name: string
  about: string
  /** The anti-phishing phrase: chosen by the customer, shown by whoever claims to be Northgate. */
  phrase: string
  locale: 'en' | 'zh-Hans'
  /** Decimal strings by asset, as every exchange keeps amounts. */
  balances: Record<string, string>
  activity: Activity[]
}

interface Activity {
  what: string
  detail: string
  pending: boolean
  /** Counted back from now, so that the story stays fresh however long the demo runs. */
  minutesAgo: number
}

export const customers: readonly Customer[] = [
  {
    id: 'cus_ada',
    name: 'Ada Lovell',
    about: 'English. A USDT deposit has not arrived.',
    phrase: 'amber kettle',
    locale: 'en',
    balances: { BTC: '0.84213907', ETH: '3.20500000', USDT: '1,942.18' },
    activity: [
      { what: 'Deposit 250.00 USDT', detail: 'TRON, 14 of 20 confirmations', pending: true, minutesAgo: 118 },
      { what: 'Bought 0.015 BTC', detail: 'Filled', pending: false, minutesAgo: 1604 },
      { what: 'Deposit 1.2 ETH', detail: 'Ethereum, credited', pending: false, minutesAgo: 5873 },
    ],
  },
  {
    id: 'cus_li',
    name: '李明',
    about: 'Li Ming, Chinese. A USDT withdrawal is late.',
    phrase: '琥珀水壶',
    locale: 'zh-Hans',
    balances: { BTC: '0.11840250', ETH: '14.06217700', USDT: '28,410.55' },
    activity: [
      { what: 'Withdrawal 6,000.00 USDT', detail: 'TRON, in review', pending: true, minutesAgo: 131 },
      { what: 'Sold 2.5 ETH', detail: 'Filled', pending: false, minutesAgo: 164 },
      { what: 'Deposit 0.05 BTC', detail: 'Bitcoin, credited', pending: false, minutesAgo: 4390 },
    ],
  },
  {
    id: 'cus_tomas',
    name: 'Tomás Rivera',
    about: 'English. A BTC withdrawal he did not ask for.',
    phrase: 'paper lantern',
    locale: 'en',
    balances: { BTC: '1.30750000', SOL: '96.40000000', USDT: '512.07' },
    activity: [
      {
        what: 'Withdrawal 0.84 BTC',
        detail: 'New address, leaves within the hour',
        pending: true,
        minutesAgo: 22,
      },
      { what: 'Deposit 40 SOL', detail: 'Solana, credited', pending: false, minutesAgo: 2215 },
      { what: 'Bought 0.1 BTC', detail: 'Filled', pending: false, minutesAgo: 8040 },
    ],
  },
]

export function customerById(id: unknown): Customer | undefined {
  return customers.find(customer => customer.id === id)
}
