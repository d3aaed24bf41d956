import type { DatabaseSync } from 'node:sqlite'
import { ChatError } from '@nightdesk/shared/errors.ts'
import { isBusy } from './busy.ts'

type Job = {
  since: number
  run: () => unknown
  resolve: (value: never) => void
  reject: (error: unknown) => void
}

/** How long writes wait for another process of this machine that holds the file. */
const PATIENCE_MS = 5000
const LOOK_AGAIN_MS = 10

/**
 * All writes of one turn of the event loop share one transaction and so one flush: durability costs a flush
 * per batch, not per message. A promise is kept after the COMMIT returned, never before (G1).
 */
export class GroupCommit {
  readonly #db: DatabaseSync
  readonly #patience: number
  #jobs: Job[] = []
  #closed = false

  /** @param patience milliseconds that writes wait while another process holds the file */
  constructor(db: DatabaseSync, patience = PATIENCE_MS) {
    this.#db = db
    this.#patience = patience
  }

  /** Runs `work` inside the next shared transaction. What it throws undoes its own writes only. */
  write<Result>(work: () => Result): Promise<Result> {
    if (this.#closed) return Promise.reject(new ChatError('STORE_UNAVAILABLE'))
    return new Promise<Result>((resolve, reject) => {
      if (this.#jobs.length === 0) setImmediate(() => this.flush())
      this.#jobs.push({ since: performance.now(), run: work, resolve, reject })
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
      if (!this.#begin(jobs)) return
      for (const job of jobs) settle.push(this.#inSavepoint(job, jobs.length > 1))
      if (this.#db.isTransaction) this.#db.exec('COMMIT')
    } catch (cause) {
      if (this.#db.isOpen && this.#db.isTransaction) this.#db.exec('ROLLBACK')
      const error = new ChatError('STORE_UNAVAILABLE')
      error.cause = cause
      for (const job of jobs) job.reject(error)
      return
    }
    for (const done of settle) done()
  }

  /**
   * Opens the transaction. While another process holds the file the jobs wait their turn and the event loop goes
   * on; SQLite's own busy handler would stop everybody.
   */
  #begin(jobs: Job[]): boolean {
    try {
      this.#db.exec('BEGIN IMMEDIATE')
      return true
    } catch (error) {
      if (!isBusy(error) || performance.now() - (jobs[0]?.since ?? 0) > this.#patience) throw error
      this.#jobs = [...jobs, ...this.#jobs]
      setTimeout(() => this.flush(), LOOK_AGAIN_MS)
      return false
    }
  }

  /** What it throws undoes its own writes only; one that has the transaction to itself needs no savepoint for that. */
  #inSavepoint(job: Job, isShared: boolean): () => void {
    if (isShared) this.#db.exec('SAVEPOINT job')
    try {
      const value = job.run()
      if (isShared) this.#db.exec('RELEASE job')
      return () => job.resolve(value as never)
    } catch (error) {
      this.#db.exec(isShared ? 'ROLLBACK TO job; RELEASE job' : 'ROLLBACK')
      return () => job.reject(error)
    }
  }
}
