import type { Parts } from '../parts.ts'

/** So many of the latest are remembered; what visitors said of answers long ago says little of the FAQ of today. */
const REMEMBERED = 2000
const EVERY_MS = 10 * 60_000

/** Tells each site's bot what its visitors said of its answers, on all nodes; now and from time to time. */
export function learnFromRatings(parts: Parts, siteIds: readonly string[]): () => void {
  const learn = async () => {
    for (const siteId of siteIds) {
      await parts.store
        .ratings(siteId, REMEMBERED)
        .then(ratings => parts.bot(siteId).learn(ratings))
        .catch(error => parts.onError(error))
    }
  }
  void learn()
  const timer = setInterval(learn, EVERY_MS).unref()
  return () => clearInterval(timer)
}
