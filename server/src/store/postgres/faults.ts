/** What errors of PostgreSQL mean to us. https://www.postgresql.org/docs/15/errcodes-appendix.html */

const CONFLICTS = new Set([
  // Serialization failure, deadlock, and a unique value that somebody else wrote in the same moment.
  '40001',
  '40P01',
  '23505',
])

/** Two transactions met; the same work done again may well succeed. */
export function isConflict(error: unknown): boolean {
  return CONFLICTS.has(codeOf(error))
}

/**
 * The database is away, going down, full or cannot take another connection. Whether a COMMIT that ended so was
 * carried out is unknown; keys make trying again safe.
 */
export function isAway(error: unknown): boolean {
  const code = codeOf(error)
  const connection = /^(08|53|57P|58|55P03|57014|25006)/.test(code)
  // ECONNREFUSED, EAI_AGAIN, …: the operating system's. ERR_… is Node's word for what will not pass.
  const network = /^E(?!RR_)[A-Z_]+$/.test(code)
  const driver =
    error instanceof Error &&
    /Connection terminated|timeout|Client has encountered|not queryable/i.test(error.message)
  return connection || network || driver
}

/**
 * A table has grown a column since the statement was prepared on this connection, as it does when a newer server
 * has just been started beside us. That connection would say so for ever; a new one is as good as before.
 */
export function isOutOfDate(error: unknown): boolean {
  return codeOf(error) === '0A000' && (error as { routine?: string }).routine === 'RevalidateCachedQuery'
}

const codeOf = (error: unknown): string => String((error as { code?: unknown } | null)?.code ?? '')
