import type { BotEngine } from './engine.ts'
import { loadFaq } from './faq.ts'
import { faqBot } from './faq-bot.ts'
import { buildKnowledge, renewed } from './knowledge.ts'
import type { Engine } from './match/engine.ts'
import { watchFolder } from './watch.ts'

/** The share of wrong answers that is allowed where the operator has not said otherwise. */
export const ALLOWED_WRONG = 0.05

type Options = {
  faqDir: string
  allowedWrong?: number | undefined
  /** Told how many entries there are after a change. */
  onChanged: (entries: number) => void
  /** Told of a folder that cannot be used; what was known before goes on being answered. */
  onError: (error: unknown) => void
}

/**
 * A bot that answers from a folder, and from what the folder says now: a change is answered within a second, without a
 * pause. Throws a FaqError where the folder cannot be used to begin with.
 */
export async function openBot(
  engine: Engine,
  options: Options,
): Promise<{ bot: BotEngine; stop: () => void }> {
  const { faqDir, allowedWrong = ALLOWED_WRONG, onChanged, onError } = options
  // Looked at before it is read, so that no change falls between.
  const { stop } = await watchFolder(
    faqDir,
    async () => {
      await first
      known = await renewed(known, loadFaq(faqDir), engine)
      onChanged(known.entries.length)
    },
    onError,
  )
  const first = buildKnowledge(loadFaq(faqDir), engine)
  let known = await first
  return { bot: faqBot(() => known, engine.judge.answerAt, allowedWrong), stop }
}
