import type { Proof } from '@nightdesk/shared/protocol/proof.ts'
import type { Limits } from './limits.ts'
import type { Proofs } from './proof.ts'
import type { LimitSettings } from './settings.ts'
import { takeAll } from './take-all.ts'

type Parts = {
  limits: Limits
  proofs: Proofs
  settings: Pick<LimitSettings, 'conversation' | 'site'>
}
type Asker = { id: string; siteId: string; verified: boolean; address: string; proof: Proof | undefined }

/**
 * Counts a new conversation. A guest is counted by address, at first for free, then with proof of work; a customer
 * whom the exchange has signed is counted alone, however many others are behind the same address. Throws
 * RATE_LIMITED or PROOF_NEEDED; answers what undoes the count, for a conversation that was there already.
 */
export async function countConversation(
  { limits, proofs, settings: { conversation, site } }: Parts,
  { id, siteId, verified, address, proof }: Asker,
): Promise<() => Promise<void>> {
  if (verified) return takeAll(limits, [[`conversation:${id}`, conversation.most]])
  const undo = await takeAll(limits, [
    [`conversation:${address}`, conversation.most],
    [`conversation:${siteId}`, site.conversation],
  ])
  const free = `conversation-free:${address}`
  if ((await limits.take(free, conversation.free)) === 0) {
    return async () => {
      await undo()
      await limits.give(free, conversation.free)
    }
  }
  try {
    await proofs.demand(proof, 'conversation:start', address)
    return undo
  } catch (error) {
    await undo()
    throw error
  }
}
