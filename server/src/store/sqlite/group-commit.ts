import type { DatabaseSync } from 'node:sqlite'
import { ChatError } from '@nightdesk/shared/errors.ts'

type Job = { run: () => unknown; resolve: (value: never) => void; reject: (error: unknown) => void }

/**
 * All writes of one turn of the event loop share one transaction and so one flush: durability costs a flush
 * per batch, not per message. A promise is kept after the COMMIT returned, never before (G1).
 */
export class GroupCommit {
  readonly #db: DatabaseSync
  #jobs: Job[] = []
  #closed = false

  constructor(db: DatabaseSync) {
    this.#db = db
  }

  /** Runs `work` inside the next shared transaction. What it throws undoes its own writes only. */
  write<Result>(work: () => Result): Promise<Result> {
    if (this.#closed) return Promise.reject(new ChatError('STORE_UNAVAILABLE'))
    return new Promise<Result>((resolve, reject) => {
      if (this.#jobs.length === 0) setImmediate(() => this.flush())
      this.#jobs.push({ run: work, resolve, reject })
    })
  }

  /** Commits what is waiting and takes nothing more. */
  close(): void {
    this.flush()
    this.#closed = true
  }

  /** Commits what is waiting now. */
  flush(): void {
    const jobs = this.#jobs
    if (jobs.length === 0) return
    this.#jobs = []
    const settle: (() => void)[] = []
    try {
      this.#db.exec('BEGIN IMMEDIATE')
      for (const job of jobs) settle.push(this.#inSavepoint(job))
      this.#db.exec('COMMIT')
    } catch (cause) {
      if (this.#db.isOpen && this.#db.isTransaction) this.#db.exec('ROLLBACK')
      const error = new ChatError('STORE_UNAVAILABLE')
      error.cause = cause
      for (const job of jobs) job.reject(error)
      return
    }
    for (const done of settle) done()
  }

  #inSavepoint(job: Job): () => void {
    this.#db.exec('SAVEPOINT job')
    try {
      const value = job.run()
      this.#db.exec('RELEASE job')
      return () => job.resolve(value as never)
    } catch (error) {
      this.#db.exec('ROLLBACK TO job; RELEASE job')
      return () => job.reject(error)
    }
  }
}
