import { median, short } from './numbers.ts'

/** Something that is measured; `goal` is what we ask of its ratio. */
export type Figure = { what: string; unit: string; goal?: string }

type Line = Figure & { row: string; rounds: Map<string, number[]> }

/**
 * What was measured, round by round. The first contender of a figure is its anchor: rates and latencies differ by
 * the hour on a shared machine, their ratios of one run do not.
 */
export class Notebook {
  readonly #lines = new Map<string, Line>()

  note(row: string, figure: Figure, contender: string, value: number): void {
    const name = `${row} ${figure.what}`
    const line = this.#lines.get(name) ?? { ...figure, row, rounds: new Map() }
    this.#lines.set(name, line)
    line.rounds.set(contender, [...(line.rounds.get(contender) ?? []), value])
  }

  /** One line a figure and contender: the median, the least and the most of all rounds, the ratio to the anchor. */
  table(): string {
    const rows = [['', 'figure', 'contender', 'median', 'least – most', 'rounds', '× anchor', 'goal']]
    for (const { row, what, unit, goal, rounds } of this.#inRows()) {
      const anchor = median([...rounds.values()][0] ?? [])
      for (const [index, [contender, values]] of [...rounds].entries()) {
        rows.push([
          index === 0 ? row : '',
          index === 0 ? `${what}, ${unit}` : '',
          contender,
          short(median(values)),
          `${short(Math.min(...values))} – ${short(Math.max(...values))}`,
          String(values.length),
          index === 0 ? '1' : anchor > 0 ? (median(values) / anchor).toFixed(2) : '–',
          index === 0 ? (goal ?? '') : '',
        ])
      }
    }
    return inColumns(rows)
  }

  toJSON() {
    return this.#inRows().map(({ rounds, ...figure }) => ({
      ...figure,
      rounds: Object.fromEntries(rounds),
    }))
  }

  /** Figures of one row may have been noted between those of another. */
  #inRows(): Line[] {
    return [...this.#lines.values()].sort((one, two) => one.row.localeCompare(two.row))
  }
}

function inColumns(rows: string[][]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map(row => row[column]?.length ?? 0)))
  return rows
    .map(row =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
