import { expect, test } from 'vitest'
import { Notebook } from './notebook.ts'
import { median, quantile } from './numbers.ts'
import { messages } from './rows/messages.ts'

/** That it measures, not what: figures belong to a quiet machine. A message that does not arrive ends the run. */
test('the bench drives every contender, and every message of them arrives', async () => {
  const book = new Notebook()
  await messages(book, { rounds: 1, seconds: 0.2, scale: 0.1, databaseUrl: async () => ({}) })
  const figures = book.toJSON()
  expect(figures.map(figure => figure.what)).toContain('CPU per accepted message, saturated')
  for (const { rounds } of figures) {
    expect(Object.keys(rounds)).toEqual(['bare', 'bare + SQLite', 'nightdesk'])
  }
  expect(book.table().split('\n')).toHaveLength(1 + 3 * figures.length)
})

test('a median is the middle, a quantile the value below which so many lie', () => {
  expect([median([3, 1, 2]), median([4, 1, 3, 2])]).toEqual([2, 2.5])
  expect([quantile([5, 1, 4, 2, 3], 0.5), quantile([1, 2], 0.99)]).toEqual([3, 2])
  expect(quantile([], 0.5)).toBeNaN()
})
