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
  const network = /^E[A-Z]+$/.test(code)
  const driver =
    error instanceof Error &&
    /Connection terminated|timeout|Client has encountered|not queryable/i.test(error.message)
  return connection || network || driver
}

const codeOf = (error: unknown): string => String((error as { code?: unknown } | null)?.code ?? '')
