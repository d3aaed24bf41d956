import { CatchUp } from './catch-up.ts'
import type { Acked, Finding } from './checker.ts'

/** What all robots of a world write down together while it runs. */
export class Log {
  readonly sent = new Map<string, string[]>()
  readonly acked: Acked[] = []
  readonly live: Finding[] = []
  readonly catchUp = new CatchUp()
  /** Conversations of lean robots, which only lean agents take. */
  readonly lean = new Set<string>()

  send(by: string, conversation: string, key: string): void {
    const sender = `${by} ${conversation}`
    const keys = this.sent.get(sender)
    if (keys) keys.push(key)
    else this.sent.set(sender, [key])
  }

  /** Writes down a promise of a row that the checker cannot see, such as a time or an amount of memory. */
  demand(isKept: boolean, about: string): void {
    if (!isKept) this.live.push({ fault: 'promise broken', about })
  }
}
