import { type Answered, auroc, byLanguage, overLanguages, rightAt95, shipped, top } from './measures.ts'
import type { Run } from './run.ts'

/** All figures of a run, as `--json` prints them: shares are between 0 and 1, and null where there is nothing to share. */
export function reportOf({ answered, cost }: Run) {
  const { macro, worst } = overLanguages(answered, some => top(some, 1))
  return {
    n: answered.length,
    macroTop1: macro,
    worstTop1: worst,
    macroTop3: overLanguages(answered, some => top(some, 3)).macro,
    auroc: auroc(answered),
    rightAt95: rightAt95(answered),
    shipped: shipped(answered),
    languages: Object.fromEntries(
      Array.from(byLanguage(answered), ([language, some]) => [language, figuresOf(some)]),
    ),
    ...cost,
  }
}

const figuresOf = (some: Answered[]) => ({
  n: some.length,
  top1: top(some, 1),
  top3: top(some, 3),
  auroc: auroc(some),
  rightAt95: rightAt95(some),
  ...shipped(some),
})
