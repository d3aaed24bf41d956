import { loadFaq } from './faq.ts'
import { buildKnowledge, type Knowledge, renewed } from './knowledge.ts'
import type { Model } from './match/model.ts'
import { watchFolder } from './watch.ts'

type News = {
  /** Told how many entries there are after a change. */
  onChanged: (entries: number) => void
  /** Told of a change that cannot be used; what was known before goes on being answered. */
  onError: (error: unknown) => void
}

/** An FAQ as its folder says now: a change is known within a second. */
export type OpenFaq = { knows: () => Knowledge; stop: () => void }

/** Reads a folder and goes on looking at it. Throws a FaqError where it cannot be used to begin with. */
export async function openFaq(model: Model, dir: string, { onChanged, onError }: News): Promise<OpenFaq> {
  let known: Knowledge | undefined
  // Looked at before it is read, so that no change falls between.
  const { stop } = await watchFolder(
    dir,
    async () => {
      known = known ? await renewed(known, loadFaq(dir), model) : await buildKnowledge(loadFaq(dir), model)
      onChanged(known.entries.length)
    },
    onError,
  )
  try {
    const first = await buildKnowledge(loadFaq(dir), model)
    known ??= first
    const now = () => known ?? first
    return { knows: now, stop }
  } catch (error) {
    stop()
    throw error
  }
}
